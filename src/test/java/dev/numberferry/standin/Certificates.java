package dev.numberferry.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain as a public host has one: root, intermediate, and a leaf for localhost; made with the
 * JDK's keytool.
 *
 * @param server key store with the leaf and the intermediate
 * @param trust trust store with the root alone
 */
public record Certificates(Path server, Path trust) {

  public static final String PASSWORD = "changeit";

  /** Makes a new chain in a folder. */
  public static Certificates make(Path folder) {
    Path keys = folder.resolve("keys.p12");
    Path server = folder.resolve("server.p12");
    Path trust = folder.resolve("trust.p12");
    Path root = folder.resolve("root.pem");
    Path chain = folder.resolve("chain.pem");
    keytool(keys, "-genkeypair", "-alias", "root", "-dname", "CN=Root", "-ext", "bc:c");
    keytool(keys, "-genkeypair", "-alias", "middle", "-dname", "CN=Middle", "-ext", "bc:c");
    keytool(server, "-genkeypair", "-alias", "leaf", "-dname", "CN=localhost");
    keytool(keys, "-exportcert", "-rfc", "-alias", "root", "-file", root.toString());
    Path middle = sign(keys, "root", keys, "middle", folder, "bc:c");
    keytool(keys, "-importcert", "-noprompt", "-alias", "middle", "-file", middle.toString());
    Path leaf = sign(keys, "middle", server, "leaf", folder, "san=dns:localhost");
    join(chain, leaf, middle, root);
    keytool(server, "-importcert", "-noprompt", "-alias", "leaf", "-file", chain.toString());
    keytool(trust, "-importcert", "-noprompt", "-alias", "root", "-file", root.toString());
    return new Certificates(server, trust);
  }

  private static Path sign(
      Path signerStore, String signer, Path store, String alias, Path folder, String extension) {
    Path request = folder.resolve(alias + ".csr");
    Path signed = folder.resolve(alias + ".pem");
    keytool(store, "-certreq", "-alias", alias, "-file", request.toString());
    keytool(
        signerStore,
        "-gencert",
        "-rfc",
        "-alias",
        signer,
        "-ext",
        extension,
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    return signed;
  }

  private static void join(Path chain, Path... parts) {
    try {
      StringBuilder all = new StringBuilder();
      for (Path part : parts) {
        all.append(Files.readString(part));
      }
      Files.writeString(chain, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(Path store, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    if (List.of(arguments).contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
