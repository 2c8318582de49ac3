package dev.numberferry.infra;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that keeps what it was told, with a command {@code aws} in it. That is version 1 of the
 * AWS CLI; its own command needs a second each time to load itself, so it is loaded once here, and
 * each command runs in a copy of that process.
 */
final class AwsShell implements AutoCloseable {

  /** Takes words, folder, environment and the open files of a caller, and runs the CLI so. */
  private static final String CLI =
      """
      import json, os, select, signal, socket, sys
      from awscli.clidriver import create_clidriver
      create_clidriver()
      signal.signal(signal.SIGCHLD, signal.SIG_IGN)
      listener = socket.socket(socket.AF_UNIX)
      listener.bind("cli")
      listener.listen()
      print("listening", flush=True)
      # Nobody writes there: it is closed when whoever has started this is gone.
      while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
          caller, _ = listener.accept()
          if os.fork() > 0:
              caller.close()
              continue
          code = 255
          try:
              message, files, _, _ = socket.recv_fds(caller, 1 << 20, 3)
              for number, file in enumerate(files):
                  os.dup2(file, number)
              call = json.loads(message)
              os.chdir(call["folder"])
              os.environ.update(call["environment"])
              code = create_clidriver().main(call["words"])
              sys.stdout.flush()
              sys.stderr.flush()
          finally:
              caller.send(bytes([code]))
              os._exit(0)
      """;

  /**
   * Hands its words on, but for the option that only version 2 has, as the pages say, and writes
   * down how that ended.
   */
  private static final String AWS =
      """
      #!%1$s -SE
      import json, os, socket, sys
      words = sys.argv[1:]
      if "--cli-binary-format" in words:
          at = words.index("--cli-binary-format")
          del words[at : at + 2]
      ended = words[:2]
      words += ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"]]
      cli = socket.socket(socket.AF_UNIX)
      cli.connect("%2$s/cli")
      call = {"words": words, "folder": os.getcwd(), "environment": dict(os.environ)}
      socket.send_fds(cli, [json.dumps(call).encode()], [0, 1, 2])
      code = (cli.recv(1) or b"\\1")[0]
      with open("%2$s/calls", "a") as calls:
          calls.write("%%d %%s\\n" %% (code, " ".join(ended)))
      sys.exit(code)
      """;

  private static final String END = "--- the end of this block:";

  private final Path folder;
  private final Path work;
  private final Process cli;
  private final Process bash;
  private final Writer input;
  private final BufferedReader output;
  private int read;

  /**
   * @param folder an empty one; {@code work} in it is where the commands run
   */
  AwsShell(Path folder, AwsCli aws) throws IOException {
    this.folder = folder;
    this.work = Files.createDirectory(folder.resolve("work"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path command = Files.writeString(bin.resolve("aws"), AWS.formatted(python(), folder));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    Files.createFile(folder.resolve("calls"));
    cli = aws.prepared(folder, "python3", "-c", CLI).start();
    awaitListening(cli);
    ProcessBuilder builder = aws.prepared(work, "bash");
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    bash = builder.start();
    input = bash.outputWriter(StandardCharsets.UTF_8);
    output = bash.inputReader(StandardCharsets.UTF_8);
  }

  /** Its first line says so; whatever else it prints says why it does not. */
  private static void awaitListening(Process cli) throws IOException {
    BufferedReader output = cli.inputReader(StandardCharsets.UTF_8);
    String first = output.readLine();
    if (!"listening".equals(first)) {
      throw new IOException(
          "The AWS CLI does not start: " + first + output.lines().collect(joining("\n", "\n", "")));
    }
  }

  /** The interpreter itself, whatever stands before it in the path. */
  private static String python() throws IOException {
    Process python =
        new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
    return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Where the commands run, and write their files. */
  Path work() {
    return work;
  }

  /** What a piece of shell prints; all its calls of {@code aws} have to end well, and itself. */
  String run(String shell) throws IOException {
    Path block = Files.writeString(folder.resolve("block"), shell + "\n");
    input.write("source '%s' < /dev/null; echo \"%s $?\"%n".formatted(block, "\n" + END));
    input.flush();
    StringBuilder told = new StringBuilder();
    String line = output.readLine();
    while (line != null && !line.startsWith(END)) {
      told.append(line).append('\n');
      line = output.readLine();
    }
    List<String> calls = Files.readAllLines(folder.resolve("calls"));
    List<String> mine = calls.subList(read, calls.size());
    read = calls.size();
    assertThat(line).as("%s%n%s", shell, told).isEqualTo(END + " 0");
    assertThat(mine).as("%s%n%s", shell, told).allMatch(it -> it.startsWith("0 "));
    return told.toString().strip();
  }

  /** The service and the operation of every call until now. */
  List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream()
        .map(it -> it.substring(it.indexOf(' ') + 1))
        .toList();
  }

  @Override
  public void close() {
    bash.destroyForcibly();
    cli.destroyForcibly();
  }
}
