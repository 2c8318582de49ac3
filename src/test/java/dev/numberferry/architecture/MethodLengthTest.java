package dev.numberferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A method fits on a screen. It is counted from its signature to its closing brace; what stands
 * before that, comments and annotations, is not.
 */
class MethodLengthTest {

  private static final int MOST_LINES = 30;

  @Test
  void everyMethodFitsOnAScreen() throws IOException {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        sources.add(new Source(file, Files.readString(file)));
      }
    }
    List<Method> methods = methodsIn(sources);

    assertThat(methods).hasSizeGreaterThan(500);
    assertThat(methods).filteredOn(it -> it.lines() > MOST_LINES).isEmpty();
  }

  @Test
  void itCountsFromTheSignatureToTheClosingBrace() throws IOException {
    String sample =
        """
        class Sample {

          /** Not counted. */
          @Deprecated
          @SuppressWarnings({
            "all"
          })
          private static
              int two(
                  int number) {
            return 2;
          }

          interface Nested {
            String none(int number);
          }

          Object anonymous() {
            return new Object() {
              @Override
              public String toString() {
                return "";
              }
            };
          }
        }
        """;

    assertThat(methodsIn(List.of(new Source(Path.of("Sample.java"), sample))))
        .containsExactlyInAnyOrder(
            new Method("Sample.java: two", 5),
            new Method("Sample.java: none", 1),
            new Method("Sample.java: anonymous", 8),
            new Method("Sample.java: toString", 3));
  }

  private record Method(String name, long lines) {}

  private static List<Method> methodsIn(List<Source> sources) throws IOException {
    JavacTask parser =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    SourcePositions positions = Trees.instance(parser).getSourcePositions();
    List<Method> found = new ArrayList<>();
    for (CompilationUnitTree unit : parser.parse()) {
      String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
      String text = unit.getSourceFile().getCharContent(true).toString();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
          String measured =
              text.substring(
                  signature(unit, method, positions), (int) positions.getEndPosition(unit, method));
          found.add(new Method(file + ": " + method.getName(), measured.strip().lines().count()));
          return super.visitMethod(method, null);
        }
      }.scan(unit, null);
    }
    return found;
  }

  /** Where a method begins behind its annotations. */
  private static int signature(
      CompilationUnitTree unit, MethodTree method, SourcePositions positions) {
    return (int)
        method.getModifiers().getAnnotations().stream()
            .mapToLong(it -> positions.getEndPosition(unit, it))
            .max()
            .orElseGet(() -> positions.getStartPosition(unit, method));
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(Path file, String text) {
      super(file.toUri(), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
