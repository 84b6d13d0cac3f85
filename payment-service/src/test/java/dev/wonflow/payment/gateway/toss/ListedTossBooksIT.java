package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.books.BooksNotRead;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

class ListedTossBooksIT {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final OrderId ORDER = new OrderId("ord_20260301");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private UnaryOperator<String> answers = _ -> "[]";
    private int status = 200;
    private HttpServer server;
    private ListedTossBooks books;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String query = exchange.getRequestURI().toString();
                asked.add(query);
                byte[] body = answers.apply(query).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        books = new ListedTossBooks(RestClient.create(url), new JsonMapper());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void transactions_are_read_page_by_page_to_their_end() {
        answers = query -> query.contains("startingAfter=txn_1000") ? rows(1_001, 1_003) : rows(1, 1_000);

        assertThat(books.transactions(DAY, DAY.plusDays(1))).hasSize(1_003);
        assertThat(asked)
                .first()
                .asString()
                .contains("/v1/transactions?", "startDate=2026-03-01T00:00:00", "endDate=2026-03-02T23:59:59");
        assertThat(asked).hasSize(2);
    }

    @Test
    void page_that_begins_where_it_began_before_is_no_end() {
        answers = _ -> rows(1, 1_000);

        assertThatThrownBy(() -> books.transactions(DAY, DAY)).isInstanceOf(BooksNotRead.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void cancel_has_no_sign_and_other_currencies_and_orders_are_passed_over() {
        answers = _ -> "[" + transaction("txn_1", "CANCELED", "-33000", "KRW", ORDER.value()) + ","
                + transaction("txn_2", "DONE", "10.5", "USD", ORDER.value()) + ","
                + transaction("txn_3", "DONE", "1", "KRW", "no order of ours") + "]";

        assertThat(books.transactions(DAY, DAY))
                .containsExactly(new ListedTransaction(
                        "txn_1",
                        ORDER,
                        new PaymentKey("key_1"),
                        "CANCELED",
                        Money.ofWon(33_000),
                        Instant.parse("2026-03-01T01:16:02Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"supplyAmount", "suppliedAmount"})
    void settlement_of_a_cancel_is_read_under_either_name_of_its_fee(String name) {
        answers = _ -> """
            [{"transactionKey": "txn_9", "orderId": "%s", "currency": "KRW", "method": "카드", "amount": -1000,
              "interestFee": 0, "%s": -34, "vat": -3, "payOutAmount": -963, "soldDate": "2026-03-01",
              "paidOutDate": "2026-03-06", "cancel": {}}]
            """.formatted(ORDER, name);

        assertThat(books.settlements(DAY, DAY))
                .containsExactly(new SettlementLine(
                        "txn_9",
                        ORDER,
                        "카드",
                        true,
                        Money.ofWon(1_000),
                        Money.ofWon(34),
                        Money.ZERO,
                        Money.ofWon(3),
                        963,
                        DAY,
                        LocalDate.parse("2026-03-06")));
    }

    @Test
    void refusal_and_what_cannot_be_read_are_no_empty_book() {
        answers = _ -> "{\"code\": \"INVALID_DATE\", \"message\": \"?\"}";
        assertThatThrownBy(() -> books.settlements(DAY, DAY)).hasMessageContaining("INVALID_DATE");

        answers = _ -> "[" + transaction("txn_1", "DONE", "10.5", "KRW", ORDER.value()) + "]";
        assertThatThrownBy(() -> books.transactions(DAY, DAY)).hasMessageContaining("txn_1");

        answers = _ -> "[{";
        assertThatThrownBy(() -> books.transactions(DAY, DAY)).isInstanceOf(BooksNotRead.class);

        status = 500;
        answers = _ -> "[]";
        assertThatThrownBy(() -> books.transactions(DAY, DAY)).hasMessageContaining("500");

        server.stop(0);
        assertThatThrownBy(() -> books.transactions(DAY, DAY)).isInstanceOf(BooksNotRead.class);
    }

    private static String rows(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> transaction("txn_" + number, "DONE", "33000", "KRW", ORDER.value()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String transaction(String key, String status, String amount, String currency, String order) {
        return """
            {"transactionKey": "%s", "paymentKey": "key_1", "orderId": "%s", "status": "%s", "currency": "%s",
             "transactionAt": "2026-03-01T10:16:02+09:00", "amount": %s}""".formatted(key, order, status, currency, amount);
    }
}
