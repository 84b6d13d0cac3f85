package dev.wonflow.subscription.notice.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.subscription.notice.Language;
import dev.wonflow.subscription.notice.NoticeData;
import dev.wonflow.subscription.notice.NoticeFixture;
import dev.wonflow.subscription.notice.NoticeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

class MailTemplatesTest {

    private static final MailTemplates OURS =
            MailTemplates.read(new DefaultResourceLoader(), "classpath:/notice/mail/");

    private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}");

    @TempDir
    private Path folder;

    @Test
    void every_kind_says_all_it_knows_in_both_languages() {
        for (NoticeKind kind : NoticeKind.values()) {
            for (Language language : Language.values()) {
                MailTemplates.Text text = OURS.write(kind, language, name -> Optional.of("<" + name + ">"));

                assertThat(text.subject() + text.body())
                        .as(kind + " " + language)
                        .doesNotContain("{")
                        .contains("<serviceName>", "<billingPage>");
                assertThat(kind.facts())
                        .as(kind + " " + language)
                        .filteredOn(fact -> !(text.subject() + text.body()).contains("<" + fact + ">"))
                        .isSubsetOf("failureCode"); // Toss's word, which tells a buyer nothing.
            }
        }
    }

    @Test
    void notice_of_each_kind_is_put_into_words_of_its_language_and_nothing_else_is_left_in_it() {
        NoticeFixture.aNoticeOfEachKind().forEach((name, data) -> {
            for (Language language : Language.values()) {
                MailTemplates.Text text = OURS.write(data.kind(), language, fact -> inWords(data, fact, language));

                assertThat(text.subject()).as(name + " " + language).startsWith("[에이크미] ");
                assertThat(text.subject() + text.body())
                        .as(name + " " + language)
                        .doesNotContain("{", "}", "null", "00Z", "  ", "\n\n\n");
                assertThat(HANGUL.matcher(text.body().replaceAll(NoticeFixture.PLAN + "|에이크미", ""))
                                .find())
                        .as(name + " " + language)
                        .isEqualTo(language == Language.KO);
                assertThat(data.facts()).as(name + " " + language).allSatisfy((fact, value) -> {
                    if (!fact.equals("failureCode")) {
                        assertThat(text.body()).contains(Wording.of(fact, value, language));
                    }
                });
            }
        });
    }

    private static Optional<String> inWords(NoticeData data, String fact, Language language) {
        return switch (fact) {
            case MailTemplates.SERVICE_NAME -> Optional.of("에이크미");
            case MailTemplates.BILLING_PAGE -> Optional.of("https://acme.example/settings/billing");
            default -> Optional.ofNullable(data.facts().get(fact)).map(value -> Wording.of(fact, value, language));
        };
    }

    @Test
    void line_is_left_out_when_the_notice_leaves_out_what_it_asks_for() {
        Map<String, String> withoutMethod = Map.of("planName", "팀", "endsAt", "3월 15일", "serviceName", "에이크미");

        MailTemplates.Text text = OURS.write(NoticeKind.TRIAL_ENDING, Language.KO, facts(withoutMethod));

        assertThat(text.body()).isEqualTo("""
            팀 요금제의 무료 체험이 곧 끝납니다.

            등록된 결제 수단이 없어 3월 15일에 이용이 끝납니다. 계속 이용하시려면 그 전에 결제 수단을 등록해 주세요.

            --\s
            에이크미
            이 메일은 결제와 이용에 관한 안내이며, 수신을 거부할 수 없습니다.
            """);
    }

    @Test
    void name_of_a_plan_begins_no_header_and_no_line() {
        MailTemplates.Text text = OURS.write(
                NoticeKind.CANCELED,
                Language.EN,
                facts(Map.of("planName", "Team\r\nBcc: all@example.com", "endsAt", "x", "serviceName", "Acme")));

        assertThat(text.subject()).isEqualTo("[Acme] Your subscription to Team  Bcc: all@example.com is canceled");
        assertThat(text.body()).doesNotContain("\nBcc");
    }

    @Test
    void merchants_template_takes_the_place_of_ours() throws IOException {
        writeAll("Hello {planName}\n\nBye {planName}\n");

        MailTemplates.Text text =
                read().write(NoticeKind.PAID, Language.EN, facts(Map.of("planName", "Team", "serviceName", "Acme")));

        assertThat(text).isEqualTo(new MailTemplates.Text("Hello Team", "Bye Team\n\n-- \nAcme\n"));
    }

    @Test
    void name_that_the_notice_leaves_out_is_left_out_of_the_subject() throws IOException {
        writeAll("Bye {planName} {billingPage}\n\nBye\n");

        MailTemplates.Text text =
                read().write(NoticeKind.PAID, Language.EN, facts(Map.of("planName", "Team", "serviceName", "Acme")));

        assertThat(text.subject()).isEqualTo("Bye Team");
    }

    @Test
    void template_that_asks_for_what_no_notice_says_stops_the_start() throws IOException {
        writeAll("Hello\n\n{amout}\n");

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{amout} (expected: one of [");
    }

    @Test
    void template_that_is_missing_or_has_no_text_stops_the_start() throws IOException {
        writeAll("Hello {planName}\n\nBye\n");
        Files.delete(folder.resolve("en/paid.txt"));
        assertThatThrownBy(this::read).hasMessageContaining("paid.txt");

        Files.writeString(folder.resolve("en/paid.txt"), "Only a subject\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("paid.txt: no subject or no text (expected: a subject, an empty line, the text)");
    }

    @Test
    void sums_and_moments_are_put_into_words() {
        assertThat(Wording.of("amount", 1_290_000L, Language.KO)).isEqualTo("1,290,000원");
        assertThat(Wording.of("amount", 1_290_000L, Language.EN)).isEqualTo("KRW 1,290,000");
        assertThat(Wording.of("paidAt", "2026-02-28T15:30:00Z", Language.KO)).isEqualTo("2026년 3월 1일 00:30");
        assertThat(Wording.of("paidAt", "2026-02-28T15:30:00Z", Language.EN)).isEqualTo("1 March 2026, 00:30 KST");
        assertThat(Wording.of("planName", "팀", Language.EN)).isEqualTo("팀");
    }

    private MailTemplates read() {
        return MailTemplates.read(new DefaultResourceLoader(), folder.toUri().toString());
    }

    private void writeAll(String template) throws IOException {
        for (Language language : Language.values()) {
            Path files = Files.createDirectories(folder.resolve(language.code()));
            for (NoticeKind kind : NoticeKind.values()) {
                Files.writeString(files.resolve(kind.code() + ".txt"), template, UTF_8);
            }
            Files.writeString(files.resolve("foot.txt"), "{serviceName}\n{billingPage}\n", UTF_8);
        }
    }

    private static Function<String, Optional<String>> facts(Map<String, String> facts) {
        return name -> Optional.ofNullable(facts.get(name));
    }
}
