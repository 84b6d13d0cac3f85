package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LogThrottleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoggerContext logging = new LoggerContext();
    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> reports = new ArrayList<>();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final LogThrottle limit = new LogThrottle(new LogSettings(10, 2, SECOND), now::get, reports::add);
    private final Logger flooding = logging.getLogger("org.example.Flooding");

    LogThrottleTest() {
        written.start();
        logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(written);
        logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        logging.addTurboFilter(limit);
    }

    @AfterEach
    void stop() {
        logging.stop();
    }

    @Test
    void logger_that_floods_is_bounded_and_no_other_is_silenced() {
        write(1_000);
        logging.getLogger("org.example.Calm").error("something else");

        assertThat(written.list).hasSize(11);
        assertThat(written.list.getLast().getMessage()).isEqualTo("something else");
    }

    @Test
    void flood_of_an_hour_costs_a_few_lines_a_second() {
        for (int second = 0; second < 3_600; second++) {
            write(100);
            now.addAndGet(SECOND.toNanos());
        }

        assertThat(written.list).hasSize(10 + 2 * 3_599);
    }

    @Test
    void silence_gives_the_allowance_back() {
        write(1_000);
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        write(1_000);

        assertThat(written.list).hasSize(20);
    }

    @Test
    void one_report_tells_how_many_lines_were_withheld_and_of_whom() {
        write(1_000);
        logging.getLogger("org.example.Calm").info("once");
        assertThat(reports).hasSize(1);

        assertThat(reported(reports.getFirst()))
                .contains("{org.example.Flooding=990}")
                .contains("wonflow.log.lines-per-second");
        write(1);
        assertThat(reports).as("the next report").hasSize(2);
    }

    @Test
    void flood_of_warnings_does_not_hide_an_error_of_the_same_logger() {
        for (int i = 0; i < 1_000; i++) {
            flooding.warn("refused");
        }

        flooding.error("money is at stake");

        assertThat(written.list).hasSize(11);
        assertThat(written.list.getLast().getMessage()).isEqualTo("money is at stake");
    }

    @Test
    void flood_of_errors_is_bounded_and_reported_apart() {
        write(100);
        for (int i = 0; i < 1_000; i++) {
            flooding.error("away");
        }

        assertThat(written.list).hasSize(20);
        assertThat(reported(limit::report)).contains("{org.example.Flooding=90, org.example.Flooding (errors)=990}");
    }

    @Test
    void service_that_stops_tells_what_was_withheld_and_tells_it_once() {
        write(1_000);

        assertThat(reported(new LogThrottleAutoConfiguration.InstalledLogLimit(limit)::destroy))
                .contains("{org.example.Flooding=990}");
        assertThat(reported(reports.getFirst())).isEmpty();
    }

    @Test
    void question_whether_a_level_is_on_and_lines_below_it_cost_nothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(flooding.isInfoEnabled()).isTrue();
            flooding.debug("not written");
        }

        write(10);

        assertThat(written.list).hasSize(10);
    }

    @Test
    void limit_is_there_while_the_service_runs() {
        LoggerContext real = (LoggerContext) LoggerFactory.getILoggerFactory();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LogThrottleAutoConfiguration.class))
                .run(_ -> assertThat(real.getTurboFilterList()).hasAtLeastOneElementOfType(LogThrottle.class));

        assertThat(real.getTurboFilterList()).noneMatch(LogThrottle.class::isInstance);
    }

    @Test
    void limit_that_lets_nothing_through_is_refused_by_its_property_name() {
        assertThatThrownBy(() -> new LogSettings(0, 1, SECOND)).hasMessageContaining("wonflow.log.burst: 0");
        assertThatThrownBy(() -> new LogSettings(1, 0, SECOND)).hasMessageContaining("wonflow.log.lines-per-second: 0");
        assertThatThrownBy(() -> new LogSettings(1, 1, Duration.ZERO))
                .hasMessageContaining("wonflow.log.report-interval: PT0S");
    }

    private static String reported(Runnable report) {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger reporter = (Logger) LoggerFactory.getLogger(LogThrottle.class);
        reporter.addAppender(lines);
        report.run();
        reporter.detachAppender(lines);
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    private void write(int lines) {
        for (int i = 0; i < lines; i++) {
            flooding.info("line {}", i);
        }
    }
}
