package dev.numberferry.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Event, secret or backup cannot be used, and trying again changes nothing: a person has to correct
 * it. Nothing was sent. Its texts name the field, never the value.
 */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /** One thing is wrong; the parameters are those of {@link Finding}. */
  public InvalidInputException(String field, String problem, String cure) {
    this(List.of(new Finding(field, problem, cure)));
  }

  private InvalidInputException(List<Finding> findings) {
    super(findings.get(0).field() + " " + findings.get(0).problem());
    this.findings = findings;
  }

  /** All that is wrong, the first thing first; the message is about that one. */
  public List<Finding> findings() {
    return findings;
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return findings.get(0).cure();
  }

  /**
   * Makes a thing of several parts, and tells of every part that cannot be used and not only of the
   * first.
   *
   * @throws InvalidInput with all findings, if there are any
   */
  public static <T> T all(Function<Parts, T> maker) {
    Parts parts = new Parts();
    T made = maker.apply(parts);
    if (!parts.findings.isEmpty()) {
      throw new InvalidInputException(parts.findings);
    }
    return made;
  }

  /** Collects what is wrong with the parts of one thing. */
  public static final class Parts {

    private final List<Finding> findings = new ArrayList<>();

    private Parts() {}

    /** The part, or a filler that nobody will see, where the part cannot be used. */
    public <T> T of(Supplier<T> part, T filler) {
      try {
        return part.get();
      } catch (InvalidInputException e) {
        findings.addAll(e.findings);
        return filler;
      }
    }
  }
}
