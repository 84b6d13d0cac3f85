package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.stack.LocalStack.PartStatus;
import dev.wonflow.local.stack.PartLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusAdviceTest {

    private static final Optional<LiveProcess> RUNS = Optional.of(LiveProcess.of(ProcessHandle.current()));

    @TempDir
    private Path folder;

    @Test
    void nothing_is_advised_where_all_is_well() throws IOException {
        assertThat(StatusAdvice.on(List.of(part("kafka", RUNS, Optional.empty()))))
                .isEmpty();
    }

    @Test
    void unwell_part_is_looked_at_and_restarted_and_up_is_not_advised() throws IOException {
        Files.writeString(folder.resolve("order-service.log"), "INFO fine\nERROR the slot is lost\nINFO again\n");

        assertThat(StatusAdvice.on(List.of(
                        part("kafka", RUNS, Optional.empty()),
                        part("order-service", RUNS, Optional.of("relay is DOWN"), "kafka"))))
                .singleElement()
                .satisfies(advice -> assertThat(advice)
                        .contains(
                                "order-service is unwell",
                                "ERROR the slot is lost",
                                "./wonflow logs order-service",
                                "./wonflow restart order-service")
                        .doesNotContain("./wonflow up"));
    }

    @Test
    void cause_is_named_and_not_those_who_suffer_from_it() throws IOException {
        assertThat(StatusAdvice.on(List.of(
                        part("kafka", RUNS, Optional.of("no answer within 3 s")),
                        part("order-service", RUNS, Optional.of("kafka is DOWN"), "kafka"))))
                .singleElement()
                .satisfies(advice -> assertThat(advice).startsWith("kafka is unwell"));
    }

    @Test
    void dead_part_is_started_before_anything_else() throws IOException {
        assertThat(StatusAdvice.on(List.of(
                        part("kafka", Optional.empty(), Optional.of("")),
                        part("order-service", RUNS, Optional.of("kafka is DOWN"), "kafka"))))
                .containsExactly(
                        "kafka died. How it ended: ./wonflow logs kafka", "./wonflow up starts what is missing.");
    }

    private PartStatus part(String name, Optional<LiveProcess> process, Optional<String> unready, String... needs) {
        PartLog log = new PartLog(folder.resolve(name + ".log"));
        return new PartStatus(name, process, true, true, unready, "nowhere", Set.of(needs), log);
    }
}
