package dev.numberferry.whatsapp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL of a webhook, of which only the host is kept: the rest may hold a secret. */
final class WebhookUrl {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#\\\\]*@)?"
              + "([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]*)?(?:[/?#\\\\].*)?",
          Pattern.DOTALL);

  private WebhookUrl() {}

  /** The host in a URL, or null where none can be found for certain. */
  static @Nullable String host(String url) {
    Matcher matcher = FORM.matcher(url);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
