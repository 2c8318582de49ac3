package dev.numberferry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.numberferry.FerryConfig;
import java.util.stream.Stream;

/** The compiled classes of {@code src/main}, without those of the tests. */
final class MainClasses {

  static final String ROOT = FerryConfig.class.getPackageName();

  static final JavaClasses ALL =
      new ClassFileImporter()
          .importUrl(FerryConfig.class.getProtectionDomain().getCodeSource().getLocation());

  private MainClasses() {}

  /** A class by its name below the root package: some of them are visible in their room only. */
  static JavaClass named(String name) {
    return ALL.get(ROOT + "." + name);
  }

  static Stream<Class<?>> loaded() {
    return ALL.stream().map(JavaClass::reflect);
  }
}
