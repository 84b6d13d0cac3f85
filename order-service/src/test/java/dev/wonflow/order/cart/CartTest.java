package dev.wonflow.order.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CartTest {

    @Test
    void total_is_the_sum_of_prices_times_quantities() {
        assertThat(cart(item("머그컵", 12_000, 2), item("컵받침", 9_000, 1)).total()).isEqualTo(Money.ofWon(33_000));
    }

    @Test
    void largest_cart_does_not_overflow() {
        Cart cart = cart(Collections.nCopies(100, item("x", Item.MAX_UNIT_PRICE_WON, Item.MAX_QUANTITY)));

        assertThat(cart.total()).isEqualTo(Money.ofWon(1_000_000_000_000_000L));
    }

    @Test
    void name_is_the_first_article_and_how_many_more_there_are() {
        assertThat(cart(item("머그컵", 12_000, 5)).name()).isEqualTo("머그컵");
        assertThat(cart(item("머그컵", 12_000, 1), item("컵받침", 9_000, 7)).name()).isEqualTo("머그컵 외 1건");
        assertThat(cart(Collections.nCopies(100, item("머그컵", 12_000, 1))).name())
                .isEqualTo("머그컵 외 99건");
    }

    @Test
    void longest_name_that_fits_is_not_cut() {
        assertThat(cart(item("가".repeat(100), 100, 1)).name()).isEqualTo("가".repeat(100));
        assertThat(cart(item("가".repeat(101), 100, 1)).name()).isEqualTo("가".repeat(99) + "…");
    }

    @Test
    void long_name_is_cut_so_that_the_number_of_articles_stays() {
        assertThat(cart(item("가".repeat(200), 100, 1), item("나", 100, 1)).name())
                .hasSize(100)
                .isEqualTo("가".repeat(94) + "… 외 1건");
    }

    @Test
    void name_is_never_cut_inside_a_character() {
        Random random = new Random(20_260_105);
        for (int run = 0; run < 2_000; run++) {
            String name = IntStream.range(0, 60 + random.nextInt(140))
                    .mapToObj(_ -> random.nextBoolean() ? "🍵" : "차")
                    .reduce("", String::concat);
            List<Item> items = Collections.nCopies(1 + random.nextInt(50), item(name, 100, 1));

            String shown = new Cart(items, null, null).name();

            assertThat(shown.length())
                    .as("name of %s items called %s", items.size(), name)
                    .isBetween(1, 100);
            assertThat(shown.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                    .as("halves of characters in %s", shown)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1000000001, 1"})
    void price_outside_the_limits_is_refused(long won, int quantity) {
        assertThatThrownBy(() -> item("x", won, quantity))
                .isInstanceOf(InvalidField.class)
                .hasMessage("unitPrice: " + won + " (expected: whole won, 1 to 1000000000)");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "10001"})
    void quantity_outside_the_limits_is_refused(int quantity) {
        assertThatThrownBy(() -> item("x", 100, quantity))
                .isInstanceOf(InvalidField.class)
                .hasMessage("quantity: " + quantity + " (expected: whole number, 1 to 10000)");
    }

    @Test
    void sum_below_the_card_minimum_is_refused() {
        assertThat(cart(item("x", 50, 2)).total()).isEqualTo(Money.ofWon(100));
        assertThatThrownBy(() -> cart(item("x", 33, 3)))
                .isInstanceOf(InvalidField.class)
                .hasMessage("amount: 99 (expected: the card minimum of 100 won or more)");
    }

    @Test
    void empty_cart_and_one_too_full_are_refused() {
        assertThatThrownBy(() -> new Cart(List.of(), null, null)).hasMessage("items: 0 items (expected: 1 to 100)");
        assertThatThrownBy(() -> cart(Collections.nCopies(101, item("x", 100, 1))))
                .hasMessage("items: 101 items (expected: 1 to 100)");
    }

    @Test
    void texts_that_cannot_be_stored_or_published_are_refused() {
        assertThatThrownBy(() -> item(" ", 100, 1)).hasMessageStartingWith("name: blank");
        assertThatThrownBy(() -> item("a\0b", 100, 1)).hasMessageStartingWith("name: control characters");
        assertThatThrownBy(() -> item("a\ud83c", 100, 1)).hasMessageStartingWith("name: control characters");
        assertThatThrownBy(() -> item("가".repeat(201), 100, 1)).hasMessage("name: 201 characters (expected: 1 to 200)");
        assertThatThrownBy(() -> new Cart(List.of(item("x", 100, 1)), "p".repeat(101), null))
                .hasMessage("plan: 101 characters (expected: 1 to 100)");
        assertThatThrownBy(() -> new Cart(List.of(item("x", 100, 1)), null, ""))
                .hasMessageStartingWith("customerId: blank");
    }

    @Test
    void emoji_counts_as_one_character() {
        assertThat(new Cart(List.of(item("😀".repeat(200), 100, 1)), "😀".repeat(100), "😀".repeat(100)).plan())
                .hasSize(200);
        assertThatThrownBy(() -> new Cart(List.of(item("x", 100, 1)), "😀".repeat(101), null))
                .hasMessage("plan: 101 characters (expected: 1 to 100)");
        assertThat(Text.cut("a😀😀", 2)).isEqualTo("a😀");
        assertThatThrownBy(() -> item("x".repeat(59) + "😀" + "x".repeat(200), 100, 1))
                .hasMessage("name: 260 characters (expected: 1 to 200)");
        assertThat(new InvalidField("plan", "x".repeat(59) + "😀😀", "another one"))
                .hasMessage("plan: " + "x".repeat(59) + "😀… (expected: another one)");
    }

    @Test
    void cart_that_would_not_fit_into_an_event_is_refused() {
        assertThatThrownBy(() -> cart(Collections.nCopies(100, item("가".repeat(200), 100, 1))))
                .hasMessage("items: 60300 bytes of text (expected: at most 40000)");
    }

    @Test
    void other_idea_of_the_total_is_refused() {
        Cart cart = cart(item("x", 100, 3));
        cart.requireTotal(300);

        assertThatThrownBy(() -> cart.requireTotal(299))
                .hasMessage("amount: 299 (expected: 300, the sum of the items)");
    }

    private static Cart cart(Item... items) {
        return cart(List.of(items));
    }

    private static Cart cart(List<Item> items) {
        return new Cart(items, null, null);
    }

    private static Item item(String name, long won, int quantity) {
        return new Item("SKU", name, Money.ofWon(won), quantity);
    }
}
