package dev.numberferry.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * infra/template.yaml as CloudFormation gets it from SAM, with its parameters put in. What only a
 * deployment knows stands in angle brackets: {@code <Ledger>}, {@code <Ledger.Arn>}.
 */
final class Template {

  /** Where the functions' code is said to be. */
  static final String CODE_BUCKET = "functions";

  static final String CODE_KEY = "function.zip";

  private static final String SAM =
      """
      import json, os
      os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
      os.environ.pop("AWS_PROFILE", None)
      from samtranslator.translator.transform import transform
      from samtranslator.yaml_helper import yaml_parse
      class ManagedPolicies:
          def load(self):
              return {}
      with open("infra/template.yaml") as file:
          template = yaml_parse(file.read())
      template["Globals"]["Function"]["CodeUri"] = "s3://%s/%s"
      machine = template["Resources"]["FleetMachine"]["Properties"]
      machine["DefinitionUri"] = "s3://%s/" + machine["DefinitionUri"]
      print(json.dumps(transform(template, {}, ManagedPolicies())))
      """
          .formatted(CODE_BUCKET, CODE_KEY, CODE_BUCKET);

  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Partition", "aws",
          "AWS::Region", "eu-central-1",
          "AWS::AccountId", "123456789012",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "number-ferry",
          "AWS::StackId", "arn:aws:cloudformation:eu-central-1:123456789012:stack/number-ferry/id");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
  private static final JsonNode NO_VALUE = MissingNode.getInstance();

  private final JsonNode template;
  private final Map<String, String> parameters;

  private Template(JsonNode template, Map<String, String> parameters) {
    this.template = template;
    this.parameters = parameters;
  }

  /** The template with some of its parameters set. */
  static Template with(Map<String, String> parameters) {
    try {
      Process python =
          new ProcessBuilder("python3", "-c", SAM)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Template(JSON.readTree(python.getInputStream().readAllBytes()), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The template as CloudFormation takes it. */
  String body() {
    return template.toString();
  }

  /** The properties of a resource that there is with these parameters. */
  JsonNode properties(String id) {
    if (!exists(id)) {
      throw new IllegalArgumentException("There is no resource " + id);
    }
    return resolve(template.at("/Resources/" + id + "/Properties"));
  }

  /** What becomes of a resource that is taken out of the stack, or replaced. */
  List<String> policies(String id) {
    return Stream.of("DeletionPolicy", "UpdateReplacePolicy")
        .map(it -> template.at("/Resources/" + id + "/" + it).asText())
        .toList();
  }

  /** Why CloudFormation refuses these parameters before it does anything. */
  List<String> refusals() {
    return fields(template.path("Rules"))
        .map(Map.Entry::getValue)
        .filter(it -> resolve(it.path("RuleCondition")).asBoolean(true))
        .flatMap(it -> StreamSupport.stream(it.path("Assertions").spliterator(), false))
        .filter(it -> !resolve(it.path("Assert")).asBoolean())
        .map(it -> it.path("AssertDescription").asText())
        .toList();
  }

  /** How a parameter is declared. */
  JsonNode parameter(String id) {
    return template.at("/Parameters/" + id);
  }

  /** The value of an output that there is with these parameters. */
  String output(String id) {
    return text(template.at("/Outputs/" + id + "/Value"));
  }

  boolean exists(String id) {
    JsonNode resource = template.at("/Resources/" + id);
    return !resource.isMissingNode()
        && (!resource.has("Condition") || holds(resource.path("Condition").asText()));
  }

  /** The ids of all resources of a type that there are with these parameters. */
  List<String> ofType(String type) {
    return fields(template.path("Resources"))
        .filter(it -> it.getValue().path("Type").asText().equals(type))
        .map(Map.Entry::getKey)
        .filter(this::exists)
        .sorted()
        .toList();
  }

  private boolean holds(String condition) {
    return resolve(template.at("/Conditions/" + condition)).asBoolean();
  }

  private JsonNode resolve(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.forEach(it -> add(array, resolve(it)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1) {
      String name = node.fieldNames().next();
      if (name.equals("Ref") || (name.equals("Condition") && node.path(name).isTextual())) {
        return name.equals("Ref")
            ? reference(node.path(name).asText())
            : BooleanNode.valueOf(holds(node.path(name).asText()));
      }
      if (name.startsWith("Fn::")) {
        return function(name, node.path(name));
      }
    }
    ObjectNode object = JSON.createObjectNode();
    fields(node).forEach(it -> set(object, it.getKey(), resolve(it.getValue())));
    return object;
  }

  private JsonNode function(String name, JsonNode argument) {
    return switch (name) {
      case "Fn::GetAtt" ->
          TextNode.valueOf("<%s.%s>".formatted(argument.path(0).asText(), text(argument.path(1))));
      case "Fn::If" -> resolve(argument.path(holds(argument.path(0).asText()) ? 1 : 2));
      case "Fn::Equals" ->
          BooleanNode.valueOf(text(argument.path(0)).equals(text(argument.path(1))));
      case "Fn::Not" -> BooleanNode.valueOf(!resolve(argument.path(0)).asBoolean());
      case "Fn::And" -> BooleanNode.valueOf(values(argument).allMatch(JsonNode::asBoolean));
      case "Fn::Or" -> BooleanNode.valueOf(values(argument).anyMatch(JsonNode::asBoolean));
      case "Fn::Select" -> resolve(argument.path(1)).path(argument.path(0).asInt());
      case "Fn::Split" ->
          Stream.of(text(argument.path(1)).split(Pattern.quote(argument.path(0).asText())))
              .collect(JSON::createArrayNode, ArrayNode::add, ArrayNode::addAll);
      case "Fn::Sub" ->
          argument.isArray()
              ? substitute(argument.path(0).asText(), argument.path(1))
              : substitute(argument.asText(), JSON.createObjectNode());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private JsonNode substitute(String text, JsonNode variables) {
    return TextNode.valueOf(
        VARIABLE
            .matcher(text)
            .replaceAll(
                match -> {
                  String name = match.group(1);
                  return Matcher.quoteReplacement(
                      variables.has(name) ? text(variables.path(name)) : reference(name).asText());
                }));
  }

  private JsonNode reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    JsonNode parameter = template.at("/Parameters/" + name);
    if (!parameter.isMissingNode()) {
      return TextNode.valueOf(parameters.getOrDefault(name, parameter.path("Default").asText()));
    }
    return TextNode.valueOf(PSEUDO.getOrDefault(name, "<" + name + ">"));
  }

  private String text(JsonNode node) {
    return resolve(node).asText();
  }

  private Stream<JsonNode> values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(this::resolve);
  }

  private static void add(ArrayNode array, JsonNode value) {
    if (value != NO_VALUE) {
      array.add(value);
    }
  }

  private static void set(ObjectNode object, String name, JsonNode value) {
    if (value != NO_VALUE) {
      object.set(name, value);
    }
  }

  private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    return object.properties().stream();
  }
}
