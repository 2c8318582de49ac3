package dev.numberferry.domain;

/** The password that was given to the On-Premises backup call: any text. */
public record BackupPassword(String value) implements Secret {

  @Override
  public String toString() {
    return MASK;
  }
}
