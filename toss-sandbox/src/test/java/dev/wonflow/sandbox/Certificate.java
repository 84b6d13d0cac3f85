package dev.wonflow.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for the names of Toss and for this machine, which nobody signed but itself. */
final class Certificate {

    private static final String PASSWORD = "changeit";

    private final Path keyStore;

    private Certificate(Path keyStore) {
        this.keyStore = keyStore;
    }

    /** Makes one with the tool of the JDK. */
    static Certificate in(Path folder) throws IOException, InterruptedException {
        Path keyStore = folder.resolve("toss.p12").toAbsolutePath();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "toss",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=A local Toss",
                        "-ext",
                        "san=dns:api.tosspayments.com,dns:js.tosspayments.com,dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "7",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keyStore.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + Files.readString(folder.resolve("keytool.log")));
        }
        return new Certificate(keyStore);
    }

    /** The settings of a sandbox that shows it. */
    List<String> settings() {
        return List.of("server.ssl.key-store=file:" + keyStore, "server.ssl.key-store-password=" + PASSWORD);
    }

    /** Trusts this one and no other. */
    SSLContext trusting() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("toss", all.getCertificate("toss"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
