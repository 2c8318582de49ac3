package dev.numberferry;

/**
 * Event, secret or backup cannot be used, and trying again changes nothing: a person has to correct
 * it. Nothing was sent. Its texts name the field, never the value.
 */
public final class InvalidInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String cure;

  /**
   * @param field where it is wrong, as in {@code backup.key} or {@code pin in secret whatsapp/1}
   * @param problem what is wrong, as the rest of a sentence that begins with the field
   * @param cure what to do, as a sentence of its own
   */
  public InvalidInput(String field, String problem, String cure) {
    super(field + " " + problem);
    this.cure = cure;
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return cure;
  }
}
