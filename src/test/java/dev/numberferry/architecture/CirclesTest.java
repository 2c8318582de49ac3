package dev.numberferry.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.numberferry.architecture.MainClasses.ALL;
import static dev.numberferry.architecture.MainClasses.ROOT;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is understood only together stands in one file; files, and rooms, can be read one by one.
 */
class CirclesTest {

  @Test
  void noRoomsKnowEachOther() {
    slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(ALL);
  }

  /** A sealed type may name its kinds, which know it: its {@code permits} is not looked at here. */
  @Test
  void noClassesKnowEachOther() {
    slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles().check(ALL);
  }

  /** One slice is a class with all that nests in it, and with the builders made of that. */
  private static final class TopLevelClasses implements SliceAssignment {

    private static final Map<String, String> BUILDERS =
        ALL.stream()
            .map(JavaClass::getName)
            .collect(
                Collectors.toMap(
                    it -> it.replace("$", "") + "Builder",
                    TopLevelClasses::outermost,
                    (one, other) -> one));

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = outermost(type.getName());
      return SliceIdentifier.of(BUILDERS.getOrDefault(name, name));
    }

    private static String outermost(String name) {
      return name.replaceAll("\\$.*", "");
    }

    @Override
    public String getDescription() {
      return "classes with what nests in them";
    }
  }
}
