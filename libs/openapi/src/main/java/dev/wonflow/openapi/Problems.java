package dev.wonflow.openapi;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The problems a route answers: its own, and those that follow from what it asks of a request. */
final class Problems {

    private static final JsonMapper JSON = new JsonMapper();

    private final ProblemTable table;
    private final TreeSet<String> used = new TreeSet<>();

    Problems(ProblemTable table) {
        this.table = table;
    }

    /** Adds an answer for each status. */
    void addTo(ObjectNode responses, Route route) {
        Map<Integer, TreeSet<String>> byStatus = new TreeMap<>();
        for (String code : codes(route)) {
            byStatus.computeIfAbsent(table.of(code).status(), _ -> new TreeSet<>())
                    .add(code);
            used.add(code);
        }
        byStatus.forEach((status, codes) -> responses.set(String.valueOf(status), answer(status, codes)));
    }

    private static Set<String> codes(Route route) {
        Set<String> codes = new TreeSet<>(Arrays.asList(route.operation().problems()));
        codes.add("service.internal");
        if (!route.permissions().isEmpty()) {
            codes.add("access.token-missing");
            codes.add("access.token-invalid");
            codes.add("access.token-expired");
            codes.add("access.permission-missing");
            if (!route.isOfOperators()) {
                codes.add("access.tenant-missing");
            }
            codes.add("access.keys-unavailable");
            codes.add("service.unavailable");
        }
        if (route.body().isPresent()) {
            codes.add("request.malformed");
            codes.add("request.too-large");
            codes.add("request.charset");
            codes.add("request.content-encoding");
        }
        if (route.body().isPresent()
                || route.query() != null
                || route.isPaged()
                || route.hasQueryParameters()
                || route.path().contains("{")) {
            codes.add("request.invalid");
        }
        if (route.isOnce()) {
            codes.add("idempotency.key-invalid");
            codes.add("idempotency.key-reused");
            codes.add("idempotency.in-flight");
            codes.add("request.overtaken");
        }
        return codes;
    }

    private ObjectNode answer(int status, Set<String> codes) {
        ObjectNode answer = JSON.createObjectNode();
        StringBuilder about = new StringBuilder();
        for (String code : codes) {
            ProblemTable.Row row = table.of(code);
            about.append("- `").append(code).append("`: ").append(row.meaning()).append(". To do: ");
            about.append(row.remedy()).append(".\n");
        }
        answer.put("description", about.toString().strip());
        ObjectNode headers = JSON.createObjectNode();
        if (status == 401) {
            headers.putObject("WWW-Authenticate").put("$ref", "#/components/headers/WWW-Authenticate");
        }
        if (status == 429 || status == 503 || codes.contains("idempotency.in-flight")) {
            headers.putObject("Retry-After").put("$ref", "#/components/headers/Retry-After");
        }
        if (!headers.isEmpty()) {
            answer.set("headers", headers);
        }
        ObjectNode content = answer.putObject("content").putObject("application/problem+json");
        content.putObject("schema").put("$ref", "#/components/schemas/Problem");
        ObjectNode examples = content.putObject("examples");
        codes.forEach(code -> examples.putObject(code).put("$ref", "#/components/examples/" + code));
        return answer;
    }

    /** An example of each problem that was answered. */
    ObjectNode examples() {
        ObjectNode examples = JSON.createObjectNode();
        for (String code : used) {
            ProblemTable.Row row = table.of(code);
            ObjectNode example = examples.putObject(code);
            example.put("summary", row.meaning());
            example.putObject("value")
                    .put("type", "urn:wonflow:problem:" + code)
                    .put("title", HttpStatus.valueOf(row.status()).getReasonPhrase())
                    .put("status", row.status())
                    .put("code", code);
        }
        return examples;
    }

    /** The form of all of them. */
    static ObjectNode schema() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("type", "object")
                .put("description", "What went wrong (RFC 9457). Programs rely on `code`; `detail` is for people.");
        ObjectNode fields = schema.putObject("properties");
        text(fields, "type", "`urn:wonflow:problem:` and the code").put("format", "uri");
        text(fields, "title", "Name of the status");
        fields.putObject("status").put("type", "integer").put("description", "The status of the answer");
        text(fields, "detail", "What was wrong and what was expected");
        text(fields, "instance", "The address that was asked").put("format", "uri-reference");
        text(fields, "code", "Stable name of the kind of problem; others may come");
        text(fields, "field", "Which value, where it is known");
        text(fields, "tossCode", "Toss's code, where Toss refused");
        text(fields, "tossMessage", "Toss's words for the buyer");
        won(fields, "expectedAmount", "What the plan costs, where another amount was sent");
        won(fields, "refundableAmount", "What may still go back, where a refund was refused");
        ArrayNode required = schema.putArray("required");
        for (String field : new String[] {"type", "title", "status", "code"}) {
            required.add(field);
        }
        return schema;
    }

    private static ObjectNode text(ObjectNode fields, String name, String about) {
        return fields.putObject(name).put("type", "string").put("description", about);
    }

    private static void won(ObjectNode fields, String name, String about) {
        fields.putObject(name)
                .put("type", "integer")
                .put("format", "int64")
                .put("minimum", 0)
                .put("description", about)
                .put("x-unit", "KRW");
    }
}
