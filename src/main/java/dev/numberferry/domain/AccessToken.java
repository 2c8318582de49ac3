package dev.numberferry.domain;

import java.util.Optional;

/**
 * A Graph API token.
 *
 * @param value visible ASCII without spaces
 * @param appSecret the app's secret, where the app requires {@code appsecret_proof}
 */
public record AccessToken(String value, Optional<AppSecret> appSecret) implements Secret {

  /** The secret of the app that the token was made for. */
  public record AppSecret(String value) implements Secret {
    @Override
    public String toString() {
      return MASK;
    }
  }

  /** Tells one token from another without holding it. */
  public String fingerprint() {
    return Sha256.hex(value);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
