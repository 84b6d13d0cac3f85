package dev.wonflow.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.StartRefused;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class SourcesTest {

    private static final List<String> TOSS = List.of("13.124.18.147", "115.92.221.120/29", "2001:db8:1::/48");
    private static final List<String> PROXIES = List.of("10.0.0.0/8");

    @Test
    void any_source_will_do_where_nobody_asks() {
        assertThatCode(() -> sources(List.of(), List.of()).require("203.0.113.9", null))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "13.124.18.147    | none",
                "115.92.221.126   | none",
                "2001:db8:1::7    | none",
                "10.1.2.3         | 13.124.18.147",
                "10.1.2.3         | 203.0.113.9, 13.124.18.147",
                "10.1.2.3         | 13.124.18.147, 10.9.9.9",
                "13.124.18.147    | 203.0.113.9"
            })
    void allowed_source_passes_alone_and_behind_proxies_of_ours(String peer, @Nullable String forwardedFor) {
        assertThatCode(() -> sources(TOSS, PROXIES).require(peer, forwardedFor)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "203.0.113.9      | none",
                "203.0.113.9      | 13.124.18.147",
                "10.1.2.3         | none",
                "10.1.2.3         | 13.124.18.147, 203.0.113.9",
                "10.1.2.3         | ''",
                "10.1.2.3         | unknown",
                "10.1.2.3         | 13.124.18.147:4711x"
            })
    void other_source_is_refused_whatever_it_says_of_itself(String peer, @Nullable String forwardedFor) {
        assertThatThrownBy(() -> sources(TOSS, PROXIES).require(peer, forwardedFor))
                .isInstanceOfSatisfying(
                        WebhookRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.SOURCE_NOT_ALLOWED));
    }

    @Test
    void what_is_no_address_does_not_start() {
        assertThatThrownBy(() -> sources(List.of("toss.im"), List.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessage("wonflow.webhook.allowed-sources: toss.im"
                        + " (expected: addresses or networks, such as 13.124.18.147 or 10.0.0.0/8)");
    }

    private static Sources sources(List<String> allowed, List<String> proxies) {
        return new Sources(new WebhookProperties(
                false, Duration.ofSeconds(5), Duration.ofSeconds(7), DataSize.ofMegabytes(64), allowed, proxies));
    }
}
