package dev.numberferry.support;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kind of policy that a denial names, where that is none that the stack writes: granting the
 * function something changes nothing then. Source: IAM's page on access denied errors. Services
 * differ in how much of its sentence they give, and S3 gives it within one organization only.
 */
enum DenyingPolicy {
  SERVICE_CONTROL("service control policy", "the organization's service control policies"),
  RESOURCE_CONTROL("resource control policy", "the organization's resource control policies"),
  BOUNDARY("permissions boundary", "the permissions boundary of the function's role"),
  SESSION("session policy", "the session policy of the function's credentials"),
  ENDPOINT("VPC endpoint policy", "the policy of the VPC endpoint that the call goes through"),
  RESOURCE("resource-based policy", "the policy of %s itself"),
  IDENTITY("identity-based policy", "the policies of the function's role");

  // The last that the text names: what stands before it may be the name of a resource.
  private static final Pattern EXPLICIT =
      Pattern.compile("(?s).*with an explicit deny in an? ([\\w -]+)");
  private static final Pattern IMPLICIT = Pattern.compile("(?s).*because no ([\\w -]+?) allows");

  private final String name;
  private final String owner;

  DenyingPolicy(String name, String owner) {
    this.name = name;
    this.owner = owner;
  }

  /**
   * @param text AWS's text about a denial
   * @param actions what was denied
   * @param resource what it was denied on, in the operator's words
   * @return what the operator does about it; nothing where the text does not say, or where granting
   *     the function what it lacks is all that is to be done
   */
  static Optional<String> cure(String text, String actions, String resource) {
    Optional<DenyingPolicy> explicit = find(EXPLICIT, text);
    return explicit
        .or(() -> find(IMPLICIT, text).filter(it -> it != IDENTITY))
        .map(
            it ->
                "Nothing was sent: %s on %s is %s by %s: have that changed for the function's role,"
                        .formatted(
                            actions,
                            resource,
                            explicit.isPresent() ? "explicitly denied" : "not allowed",
                            it.owner.formatted(resource))
                    + " as no permission of its own helps, then send the same event again.");
  }

  private static Optional<DenyingPolicy> find(Pattern sentence, String text) {
    Matcher matcher = sentence.matcher(text);
    return matcher.find()
        ? Stream.of(values()).filter(it -> matcher.group(1).startsWith(it.name)).findFirst()
        : Optional.empty();
  }
}
