package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md points to has to be there. */
class ReadmeTest {

    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)`");
    private static final Pattern SOURCE = Pattern.compile("`(src/[^`]+)`");
    private static final Pattern CONTROL_CALL = Pattern.compile("`(GET|POST|DELETE) (/control/[^`?]+)[^`]*`");

    private final RunningSandbox sandbox = RunningSandbox.shared();

    @Test
    void every_class_and_file_it_names_exists() throws IOException {
        assertThat(named(CLASS))
                .isNotEmpty()
                .allSatisfy(name -> assertThatCode(() -> Class.forName("dev.wonflow.sandbox." + name.group(1)))
                        .doesNotThrowAnyException());
        assertThat(named(SOURCE))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Path.of(path.group(1))).exists());
    }

    @Test
    void every_control_call_it_lists_is_answered() throws IOException {
        assertThat(named(CONTROL_CALL)).hasSizeGreaterThan(10).allSatisfy(call -> {
            if (call.group(2).endsWith("/feed")) {
                // A stream has no end to wait for; WebhookFeedTest reads it.
                return;
            }
            String path = call.group(2).replaceAll("\\{[A-Za-z]+}", "nobody");
            String code = call.group(1).equals("GET")
                    ? sandbox.get(path).body()
                    : call.group(1).equals("POST")
                            ? sandbox.post(path, "{}").body()
                            : sandbox.send(sandbox.request(path).DELETE()).body();
            assertThat(code).doesNotContain("존재하지 않는 정보 입니다.", "NOT_FOUND_HTTP_METHOD");
        });
    }

    private static List<MatchResult> named(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of("README.md"))).results().toList();
    }
}
