package dev.numberferry.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The names that this repository knows: what a page may speak of. Comments are no source of any.
 */
final class Names {

  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  /** A text or a letter, which is kept, or a comment. */
  private static final Pattern COMMENT =
      Pattern.compile(
          "(\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\n]++|\\\\.)*+')"
              + "|//[^\n]*|/\\*(?s:.*?)\\*/");

  private static final Pattern TEXT =
      Pattern.compile("\"\"\"((?s:.*?))\"\"\"|\"((?:[^\"\\\\\n]++|\\\\.)*+)\"");

  private static final Pattern TYPE =
      Pattern.compile(
          "\\b(?:class|record|interface|enum) (\\w+)|^import .*\\.(\\w+);", Pattern.MULTILINE);

  private static final Pattern RECORD = Pattern.compile("\\brecord \\w+(?:<.*?>)?\\(([^{;]*)\\{");
  private static final Pattern COMPONENT = Pattern.compile("(\\w+)\\s*(?=,|\\)|$)");
  private static final Pattern METHOD = Pattern.compile("\\b(\\w+)\\(");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern REMARK = Pattern.compile("(?m)(^|\\s)#.*$");

  private static final List<PathMatcher> IGNORED =
      Stream.of(".gitignore", "src/benchmark/.gitignore")
          .flatMap(it -> Page.linesOf(Path.of(it)).stream())
          .filter(it -> !it.isBlank() && !it.startsWith("#"))
          .map(it -> FileSystems.getDefault().getPathMatcher("glob:" + it.replaceFirst("/$", "")))
          .toList();

  private final List<String> sources;
  private final Set<String> types = new HashSet<>();
  private final Set<String> fields = new HashSet<>();
  private final Set<String> methods = new HashSet<>();
  private final Set<String> constants = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> files;

  Names() {
    List<String> main = javaFiles(MAIN);
    List<String> test = javaFiles(TEST);
    sources = Stream.concat(main.stream(), test.stream()).toList();
    for (String source : sources) {
      types.addAll(groups(TYPE, source));
      methods.addAll(groups(METHOD, source));
    }
    for (String source : main) {
      groups(TEXT, source).forEach(it -> told.addAll(groups(WORD, it)));
      groups(RECORD, source).forEach(it -> fields.addAll(groups(COMPONENT, it)));
      constants.addAll(groups(WORD, source));
    }
    // What the stack, its events and all scripts say.
    Stream.of("infra", ".ci", ".github")
        .flatMap(it -> texts(Path.of(it), file -> isOurs(file) && !isHidden(file)))
        .forEach(it -> told.addAll(groups(WORD, REMARK.matcher(it).replaceAll(""))));
    files = repository();
  }

  /** A class of this repository, of its tests, or one that they import; or a word of the stack. */
  boolean hasType(String name) {
    return types.contains(name)
        || types.contains(name.replaceFirst("Builder$", ""))
        || told.contains(name);
  }

  /** A component of a record, or what the program, the stack and the events write themselves. */
  boolean hasField(String name) {
    return fields.contains(name) || told.contains(name);
  }

  boolean hasMethod(String name) {
    return methods.contains(name);
  }

  /** Whether a class that this repository declares has a member of this name. */
  boolean hasMember(String type, String member) {
    Pattern declared = Pattern.compile("\\b(?:class|record|interface|enum) " + type + "\\b");
    Pattern named = Pattern.compile("\\b" + member + "\\b");
    return sources.stream().anyMatch(it -> declared.matcher(it).find() && named.matcher(it).find());
  }

  boolean hasConstant(String name) {
    return constants.contains(name) || told.contains(name);
  }

  /** A file or folder; {@code *} stands for any part of a name. */
  boolean hasFile(String path) {
    Pattern pattern = Pattern.compile(("\\Q" + path + "\\E").replace("*", "\\E[^/]*\\Q"));
    return files.stream().anyMatch(it -> pattern.matcher(it).matches());
  }

  /** A file of this name in any folder. */
  boolean hasFileNamed(String name) {
    return files.stream().anyMatch(it -> it.equals(name) || it.endsWith("/" + name));
  }

  /** Whether it is not what builds, editors and others leave in this folder. */
  static boolean isOurs(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .noneMatch(name -> IGNORED.stream().anyMatch(it -> it.matches(name)));
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static Set<String> repository() {
    try (Stream<Path> root = Files.list(Path.of(""))) {
      return root.filter(it -> isOurs(it) && !it.endsWith(".git"))
          .flatMap(Names::below)
          .filter(Names::isOurs)
          .map(it -> it.toString().replace('\\', '/'))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("StreamResourceLeak")
  private static Stream<Path> below(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> javaFiles(Path folder) {
    return texts(folder, it -> it.toString().endsWith(".java"))
        .map(it -> COMMENT.matcher(it).replaceAll("$1"))
        .toList();
  }

  private static Stream<String> texts(Path folder, Predicate<Path> which) {
    return below(folder).filter(Files::isRegularFile).filter(which).map(Names::text);
  }

  /** In an encoding that every file has: names are of ASCII alone. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the first group that is there has found, or all where the pattern has none. */
  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(Names::firstGroup).toList();
  }

  private static String firstGroup(MatchResult found) {
    for (int i = 1; i <= found.groupCount(); i++) {
      if (found.group(i) != null) {
        return found.group(i);
      }
    }
    return found.group();
  }
}
