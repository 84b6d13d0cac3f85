package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.books.BooksNotRead;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossBooks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Toss's lists of transactions and settlements.
 *
 * @see <a href="https://docs.tosspayments.com/reference#거래">Toss core API</a>
 */
final class ListedTossBooks implements TossBooks {

    /** Rows of one call; Toss allows 5,000, and a row has up to two thousand bytes. */
    private static final int PAGE = 1_000;

    /** Longest page read. */
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    /** Ends what would go on for ever; two million rows in a few days are no shop's. */
    private static final int MOST_PAGES = 2_000;

    private final RestClient client;
    private final JsonMapper json;

    ListedTossBooks(RestClient client, JsonMapper json) {
        this.client = client;
        this.json = json;
    }

    @Override
    public List<ListedTransaction> transactions(LocalDate from, LocalDate to) {
        List<ListedTransaction> transactions = new ArrayList<>();
        String last = "";
        for (int page = 1; page <= MOST_PAGES; page++) {
            String after = last;
            JsonNode rows = ask(uri -> startingAfter(uri.path("/v1/transactions"), after)
                    .queryParam("startDate", from + "T00:00:00")
                    .queryParam("endDate", to + "T23:59:59")
                    .queryParam("limit", PAGE)
                    .build());
            read(rows, TossBookJson::transaction, transactions);
            if (rows.size() < PAGE) {
                return List.copyOf(transactions);
            }
            last = rows.get(rows.size() - 1).path("transactionKey").asString("");
            if (last.isEmpty() || last.equals(after)) {
                throw new BooksNotRead("transactions: page " + page + " does not say where the next one begins");
            }
        }
        throw tooMany("transactions");
    }

    private static UriBuilder startingAfter(UriBuilder uri, String key) {
        return key.isEmpty() ? uri : uri.queryParam("startingAfter", key);
    }

    @Override
    public List<SettlementLine> settlements(LocalDate from, LocalDate to) {
        List<SettlementLine> lines = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            int number = page;
            JsonNode rows = ask(uri -> uri.path("/v1/settlements")
                    .queryParam("startDate", from)
                    .queryParam("endDate", to)
                    .queryParam("dateType", "soldDate")
                    .queryParam("page", number)
                    .queryParam("size", PAGE)
                    .build());
            read(rows, TossBookJson::settlement, lines);
            if (rows.size() < PAGE) {
                return List.copyOf(lines);
            }
        }
        throw tooMany("settlements");
    }

    private static BooksNotRead tooMany(String what) {
        return new BooksNotRead(what + ": more than " + MOST_PAGES + " pages (expected: fewer)");
    }

    private static <T> void read(JsonNode rows, Function<JsonNode, Optional<T>> reading, List<T> into) {
        for (JsonNode row : rows) {
            reading.apply(row).ifPresent(into::add);
        }
    }

    private JsonNode ask(Function<UriBuilder, URI> address) {
        try {
            return client.get().uri(address).exchange((_, response) -> rows(response));
        } catch (ResourceAccessException e) {
            throw new BooksNotRead("Toss did not answer: " + e.getMessage());
        }
    }

    private JsonNode rows(ClientHttpResponse response) throws IOException {
        JsonNode body;
        try (InputStream stream = response.getBody()) {
            body = json.readTree(stream.readNBytes(MAX_ANSWER_BYTES));
        } catch (JacksonException _) {
            throw new BooksNotRead("Toss answered with what is no JSON, or too long");
        }
        int status = response.getStatusCode().value();
        if (status != 200 || !body.isArray()) {
            throw new BooksNotRead("Toss answered " + status + " "
                    + body.path("code").asString("without a code") + " (expected: 200 and a list)");
        }
        return body;
    }
}
