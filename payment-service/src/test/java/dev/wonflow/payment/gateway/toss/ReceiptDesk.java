package dev.wonflow.payment.gateway.toss;

import dev.wonflow.runtime.SystemClock;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Toss's cash receipts that are asked for on their own. */
final class ReceiptDesk {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/v1/cash-receipts";
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final Clock clock = SystemClock.inSeoul();
    private final List<ObjectNode> rows = new ArrayList<>();
    private final Map<String, Result> answered = new HashMap<>();

    /** What a call did; an error of Toss or an answer. */
    record Result(
            boolean effect,
            TossStub.Fault.@Nullable Refusal refusal,
            @Nullable ObjectNode answer) {

        private static Result refused(int status, String code) {
            return new Result(false, new TossStub.Fault.Refusal(status, code), null);
        }
    }

    static boolean isHere(String path) {
        return path.startsWith(PATH);
    }

    /** Of which order a call is. */
    synchronized String orderOf(String path, String body) {
        String key = path.replace("/cancel", "").replace(PATH + "/", "");
        return path.endsWith("/cancel")
                ? rows.stream()
                        .filter(row -> text(row, "receiptKey").equals(key))
                        .map(row -> text(row, "orderId"))
                        .findFirst()
                        .orElse("")
                : body.isEmpty() ? "" : text(JSON.readTree(body), "orderId");
    }

    /** Does once for each key what is asked. */
    synchronized Result work(String method, String path, String query, String body, String idempotencyKey) {
        if (method.equals("GET")) {
            return new Result(false, null, list(query));
        }
        Result before = answered.get(idempotencyKey);
        if (before != null) {
            return new Result(false, before.refusal(), before.answer());
        }
        JsonNode asked = JSON.readTree(body);
        Result result = path.endsWith("/cancel")
                ? cancel(path.substring(PATH.length() + 1, path.length() - "/cancel".length()), asked)
                : issue(asked);
        answered.put(idempotencyKey, result);
        return result;
    }

    /** A page of the requests of a day; a row's cursor is its place among all. */
    private ObjectNode list(String query) {
        LocalDate day = LocalDate.parse(query.replaceAll(".*requestDate=([0-9-]+).*", "$1"));
        int limit = Integer.parseInt(query.replaceAll(".*limit=([0-9]+).*", "$1"));
        int at = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=([0-9]+).*", "$1")) : 0;
        ObjectNode page = JSON.createObjectNode();
        ArrayNode data = page.putArray("data");
        while (at < rows.size() && data.size() < limit) {
            ObjectNode row = rows.get(at++);
            if (LocalDate.ofInstant(Instant.parse(text(row, "requestedAt")), SEOUL)
                    .equals(day)) {
                data.add(row);
            }
        }
        return page.put("hasNext", at < rows.size()).put("lastCursor", at);
    }

    private Result issue(JsonNode asked) {
        String order = text(asked, "orderId");
        long standing = rows.stream()
                .filter(row -> text(row, "orderId").equals(order))
                .filter(row -> !text(row, "issueStatus").equals("FAILED"))
                .mapToLong(row -> text(row, "transactionType").equals("CONFIRM") ? won(row) : -won(row))
                .sum();
        if (standing > 0) {
            return Result.refused(400, "DUPLICATED_CASH_RECEIPT");
        }
        return added("rk" + order.replace("-", "") + rows.size(), order, "CONFIRM", asked, won(asked));
    }

    private Result cancel(String key, JsonNode asked) {
        ObjectNode issued = rows.stream()
                .filter(row -> text(row, "receiptKey").equals(key))
                .findFirst()
                .orElse(null);
        if (issued == null) {
            return Result.refused(404, "NOT_FOUND_RECEIPT");
        }
        long taken = rows.stream()
                .filter(row -> text(row, "receiptKey").equals("c_" + key))
                .mapToLong(ReceiptDesk::won)
                .sum();
        return won(asked) > won(issued) - taken
                ? Result.refused(403, "FORBIDDEN_REQUEST")
                : added("c_" + key, text(issued, "orderId"), "CANCEL", issued, won(asked));
    }

    private Result added(String key, String order, String kind, JsonNode like, long won) {
        ObjectNode row = JSON.createObjectNode();
        row.put("receiptKey", key)
                .put("orderId", order)
                .put("orderName", text(like, "orderName"))
                .put("type", text(like, "type"))
                .put("issueNumber", "24%07d".formatted(rows.size()))
                .put("receiptUrl", "https://dashboard-sandbox.tosspayments.com/receipts/cash-receipt/" + order)
                .put("businessNumber", "")
                .put("transactionType", kind)
                .put("amount", won)
                .put(
                        "taxFreeAmount",
                        kind.equals("CONFIRM") ? like.path("taxFreeAmount").longValue(0) : 0)
                .put("issueStatus", "IN_PROGRESS")
                .putNull("failure")
                .put("customerIdentityNumber", text(like, "customerIdentityNumber"))
                .put(
                        "requestedAt",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        rows.add(row);
        return new Result(true, null, row.deepCopy());
    }

    /** Changes the requests of an order as the tax office does, or its console. */
    synchronized void change(String order, Consumer<ObjectNode> change) {
        rows.stream().filter(row -> text(row, "orderId").equals(order)).forEach(change);
    }

    /** What the tax office was asked for an order, without the customer. */
    synchronized List<String> of(String order) {
        return rows.stream()
                .filter(row -> text(row, "orderId").equals(order))
                .map(row -> text(row, "transactionType") + " " + won(row))
                .toList();
    }

    private static long won(JsonNode row) {
        return row.path("amount").longValue(0);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).stringValue("");
    }
}
