package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What README.md points to has to be there, and what can be asked of the sandbox has to be in README.md. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
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

    @Test
    void it_lists_every_control_call() throws IOException {
        Set<String> listed = named(CONTROL_CALL).stream()
                .map(call -> call.group(1) + " " + withoutNames(call.group(2)))
                .collect(Collectors.toSet());

        assertThat(controlCalls()).hasSizeGreaterThan(30).isSubsetOf(listed);
    }

    @Test
    void it_explains_every_kind_of_fault() throws IOException {
        String readme = Files.readString(README);

        assertThat(Fault.Kind.values())
                .allSatisfy(kind -> assertThat(readme.contains("`" + kind + "`"))
                        .as("%s in README.md", kind)
                        .isTrue());
    }

    @Test
    void it_lists_every_setting_but_the_assumptions() throws IOException {
        String readme = Files.readString(README);

        assertThat(settings())
                .hasSizeGreaterThan(40)
                .allSatisfy(setting -> assertThat(readme.contains(setting))
                        .as("%s in README.md", setting)
                        .isTrue());
    }

    private List<String> controlCalls() {
        return sandbox
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + withoutNames(path))))
                .filter(call -> call.contains(" /control/"))
                .toList();
    }

    private static String withoutNames(String path) {
        return path.replaceAll("\\{[A-Za-z]+}", "{}");
    }

    /** Their last words, such as {@code confirm-within}: README.md leaves out what neighbours share. */
    private Set<String> settings() {
        return sandbox.context().getBeansWithAnnotation(ConfigurationProperties.class).values().stream()
                .map(Object::getClass)
                .filter(type -> type.getPackageName().startsWith("dev.wonflow.sandbox"))
                .filter(type -> !type.equals(Assumptions.class))
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                .collect(Collectors.toSet());
    }

    private static List<MatchResult> named(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(README)).results().toList();
    }
}
