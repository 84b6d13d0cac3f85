package dev.wonflow.local.assembly;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What a local stack is made from.
 *
 * @param repository root of the sources; the jars are found below it
 * @param state where data, logs and records go
 * @param ports where the parts listen
 * @param secrets bytes nobody can guess
 * @param extra further environment variables for single parts, by the part's name
 */
public record StackSettings(
        Path repository,
        StateFolder state,
        Ports ports,
        RandomGenerator secrets,
        Map<String, Map<String, String>> extra) {

    /** Both keys have the form of Toss's test keys, and open nothing but the sandbox. */
    public static final String SECRET_KEY = "test_sk_wonflow_local_sandbox_0001";

    static final String CLIENT_KEY = "test_ck_wonflow_local_sandbox_0001";

    /** Billing keys of the sandbox are sealed with it, and nothing else. */
    static final String BILLING_KEYSET =
            "{\"primaryKeyId\":1,\"key\":[{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\","
                    + "\"value\":\"GiABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA==\",\"keyMaterialType\":\"SYMMETRIC\"},"
                    + "\"status\":\"ENABLED\",\"keyId\":1,\"outputPrefixType\":\"TINK\"}]}";

    /** Toss's security key is 32 bytes in hexadecimal; this one signs only what the sandbox sends. */
    static final String WEBHOOK_SECRET = "0101100111010010110100101101001011010010110100101101001011010011";

    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "USER", "LOGNAME");

    /** Creates the settings and the state folder. */
    public static StackSettings of(Path repository, Path home, Ports ports, RandomGenerator secrets) {
        try {
            Files.createDirectories(home);
            return new StackSettings(
                    repository.toRealPath(), new StateFolder(home.toRealPath()), ports, secrets, Map.of());
        } catch (IOException e) {
            throw new Trouble(
                    "The state folder " + home + " cannot be made or used (" + e.getMessage() + ")."
                            + "\nName another one that you may write to in the variable WONFLOW_HOME.",
                    e);
        }
    }

    /** Where a service's database is. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + ports.of(Port.POSTGRES) + "/" + database;
    }

    /** The same with further variables for one part. */
    public StackSettings with(String part, Map<String, String> variables) {
        Map<String, Map<String, String>> more = new TreeMap<>(extra);
        more.put(part, Map.copyOf(variables));
        return new StackSettings(repository, state, ports, secrets, Map.copyOf(more));
    }

    /** The variables every process gets: where it runs, and nothing that could change a setting of ours. */
    static Map<String, String> inherited() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }
}
