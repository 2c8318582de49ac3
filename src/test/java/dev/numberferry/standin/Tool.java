package dev.numberferry.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What some tests need of the machine beside a JDK: see {@link Needs}. */
public enum Tool {
  AWS_CLI("the AWS CLI", Tool.OF_PYTHON, "aws", "--version"),
  AWS_CLI_OF_PYTHON("the AWS CLI of Python", Tool.OF_PYTHON, "python3", "-c", "import awscli"),
  JQ("jq", "install your system's package jq", "jq", "--version"),
  MOTO("moto's server", Tool.OF_PYTHON, "python3", "-c", "import moto.server"),
  STATE_MACHINES(
      "moto's interpreter of state machines",
      Tool.OF_PYTHON,
      "python3",
      "-c",
      "import moto.server, moto.stepfunctions.parser.models, jsonpath_ng.ext"),
  SAM_TRANSLATOR("aws-sam-translator", Tool.OF_PYTHON, "python3", "-c", "import samtranslator"),
  SAM_LOCAL("sam local", "install the SAM CLI and Docker") {
    @Override
    boolean works() {
      return SamCli.find().isPresent();
    }
  };

  private static final String OF_PYTHON =
      "run python3 -m pip install -r src/test/python/requirements.txt";

  private static final Map<Tool, Boolean> HERE = new ConcurrentHashMap<>();

  private final String name;
  private final String cure;
  private final List<String> command;

  Tool(String name, String cure, String... command) {
    this.name = name;
    this.cure = cure;
    this.command = List.of(command);
  }

  /** Whether this machine has it. */
  boolean isHere() {
    return HERE.computeIfAbsent(this, Tool::works);
  }

  /** What is missing, and how it is installed. */
  String missing() {
    return "%s is missing: %s".formatted(name, cure);
  }

  boolean works() {
    return runs(command.toArray(String[]::new));
  }

  /** Whether a command ends well; what it prints is nobody's. */
  static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
