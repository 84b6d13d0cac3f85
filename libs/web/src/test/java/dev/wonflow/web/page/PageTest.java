package dev.wonflow.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.web.InvalidRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class PageTest {

    private static final Position SOME = new Position(
            Instant.parse("2026-01-05T03:00:00.123456Z"), UUID.fromString("019b8c18-e768-73c4-af0b-6d4c8e91a002"));

    private final MockHttpServletRequest http = new MockHttpServletRequest();

    @Test
    void cursor_says_the_position_to_the_microsecond() {
        assertThat(Position.of(SOME.cursor())).isEqualTo(SOME);
        assertThat(new Position(SOME.at().plusNanos(999), SOME.id())).isEqualTo(SOME);
        for (String end : List.of("1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
            Position position = new Position(Instant.parse(end), new UUID(-1, -1));

            assertThat(Position.of(position.cursor())).isEqualTo(position);
        }
    }

    @Test
    void first_page_has_fifty_items_unless_the_caller_says_otherwise() {
        assertThat(asked()).isEqualTo(new PageRequest(50, null));
        http.setParameter("limit", "200");
        http.setParameter("cursor", SOME.cursor());
        assertThat(asked()).isEqualTo(new PageRequest(200, SOME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "201", "99999", "1.5", "1e2", " 5", "five", "٥", "2147483648"})
    void limit_out_of_bounds_is_refused(String limit) {
        http.setParameter("limit", limit);

        assertThatThrownBy(this::asked)
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("limit: of another form (expected: whole number, 1 to 200)");
    }

    @Test
    void cursor_that_is_not_ours_is_refused() {
        String good = SOME.cursor();
        byte[] bytes = Base64.getUrlDecoder().decode(good);
        for (String bad : List.of(
                "",
                "x",
                "열",
                "MTIz",
                good + "A",
                good + "=",
                good + "==",
                good.substring(1),
                good.substring(0, good.length() - 1),
                " " + good,
                good.replace(good.charAt(good.length() - 1), '_') + "%",
                summed(changed(bytes, 0, 2)),
                // Before 1970, and after what a database can compare.
                summed(changed(bytes, 1, -1)),
                summed(changed(bytes, 1, 0x7f)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes.length + 1]),
                "x".repeat(10_000))) {
            http.setParameter("cursor", bad);

            assertThatThrownBy(this::asked)
                    .as(bad)
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessage("cursor: none of ours (expected: what \"next\" of an earlier page says)");
        }
    }

    @Test
    void cursor_changed_anywhere_is_refused() {
        byte[] bytes = Base64.getUrlDecoder().decode(SOME.cursor());
        assertThat(Position.of(summed(bytes))).isEqualTo(SOME);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            String bad = written(changed(bytes, bit / 8, bytes[bit / 8] ^ 1 << bit % 8));
            http.setParameter("cursor", bad);

            assertThatThrownBy(this::asked).as("bit %d", bit).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void parameter_given_twice_is_refused() {
        http.setParameter("limit", "5", "6");

        assertThatThrownBy(this::asked).hasMessage("limit: given 2 times (expected: once)");
    }

    @Test
    void next_is_the_position_of_the_last_item_shown_if_there_are_more() {
        List<Integer> found = List.of(1, 2, 3);
        Function<Integer, Position> position = n -> new Position(SOME.at(), new UUID(0, n));

        Page<String> more = Page.of(new PageRequest(2, null), found, position, n -> "item " + n);
        Page<String> last = Page.of(new PageRequest(3, null), found, position, n -> "item " + n);
        Page<String> empty = Page.of(new PageRequest(3, null), List.<Integer>of(), position, n -> "item " + n);

        assertThat(more)
                .isEqualTo(new Page<>(
                        List.of("item 1", "item 2"), position.apply(2).cursor()));
        assertThat(last).isEqualTo(new Page<>(List.of("item 1", "item 2", "item 3"), null));
        assertThat(empty).isEqualTo(new Page<>(List.of(), null));
        assertThat(new PageRequest(2, null).limitAndOne()).isEqualTo(3);
    }

    private PageRequest asked() {
        return PageParameter.of(new ServletWebRequest(http));
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** As someone writes it who knows the form. */
    private static String summed(byte[] bytes) {
        int plain = bytes.length - Integer.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, plain);
        return written(ByteBuffer.wrap(bytes.clone())
                .putInt(plain, (int) checksum.getValue())
                .array());
    }

    private static String written(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
