package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigningKeyTest {

    /** To make one takes seconds. */
    private RSAKey aKey;

    private Path folder;

    private Path file;

    @BeforeAll
    void makeOne(@TempDir Path elsewhere) {
        aKey = SigningKey.in(elsewhere.resolve("key.json"));
    }

    @BeforeEach
    void name(@TempDir Path empty) {
        folder = empty;
        file = folder.resolve("issuer/key.json");
    }

    @Test
    void key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
        RSAKey made = key();

        assertThat(made.size()).isEqualTo(2048);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key()).isEqualTo(made);
        try (Stream<Path> left = Files.list(file.resolveSibling("."))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("key.json");
        }
    }

    @Test
    void token_of_before_a_restart_is_still_good_and_the_key_still_the_same() {
        String token;
        try (RunningIssuer issuer = RunningIssuer.start(file)) {
            token = issuer.shopToken("acme-shop", "acme-shop", "checkout:write").text("access_token");
        }
        try (RunningIssuer again = RunningIssuer.start(file)) {
            assertThat(again.claims(token).getSubject()).isEqualTo("acme-shop");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----"})
    void key_that_others_could_have_read_is_not_used(String permissions) throws IOException {
        keep(aKey.toJSONString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(this::key)
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.cure()).contains("Delete the file"))
                .hasMessageContaining(permissions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not a key", "{\"kty\":\"oct\",\"k\":\"AAAA\"}"})
    void file_that_holds_no_key_is_named_and_its_content_is_not_shown(String content) throws IOException {
        keep(content);

        assertThatThrownBy(this::key)
                .isInstanceOf(StartRefused.class)
                .hasMessage("wonflow.issuer.key-file: " + file + " is not a key in the form of a JWK");
    }

    @Test
    void public_half_is_no_key_to_sign_with() throws IOException {
        keep(aKey.toPublicJWK().toJSONString());

        assertThatThrownBy(this::key).isInstanceOf(StartRefused.class);
    }

    @Test
    void folder_that_cannot_be_written_to_is_explained() throws IOException {
        Path taken = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> SigningKey.in(taken.resolve("key.json")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be read or made");
    }

    private void keep(String content) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private RSAKey key() {
        return SigningKey.in(file);
    }
}
