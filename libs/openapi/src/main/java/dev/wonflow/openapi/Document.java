package dev.wonflow.openapi;

import dev.wonflow.web.lines.JsonLines;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.statement.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a service, made of its routes. */
final class Document {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter FORM = new DefaultPrettyPrinter()
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT)
            .withSeparators(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator("")
                    .withObjectEmptySeparator(""));

    private static final String COMMON = """


            Amounts are whole won: KRW has no smaller unit, and `x-unit` marks them. Moments are ISO 8601 in UTC. \
            Fields nobody here names may be added to answers, and words to those listed as examples: take what you do \
            not know. Every error is a problem (RFC 9457) with a stable `code`; HTTP's own refusals, such as 404 for an \
            address there is not, have `http.` and the status for one.""";

    private final Prose prose;
    private final Schemas schemas;
    private final Problems problems;
    private final List<Route> routes;

    Document(List<Route> routes, Prose prose, ProblemTable table) {
        this.routes = routes;
        this.prose = prose;
        this.problems = new Problems(table);
        this.schemas = new Schemas(prose, sent(routes));
    }

    /** Every record that callers fill, and those within. */
    private static Set<Class<?>> sent(List<Route> routes) {
        Set<Class<?>> sent = new HashSet<>();
        for (Route route : routes) {
            route.body().ifPresent(body -> collect(body, sent));
            Class<?> query = route.query();
            if (query != null) {
                collect(query, sent);
            }
        }
        return sent;
    }

    private static void collect(Type type, Set<Class<?>> sent) {
        if (type instanceof ParameterizedType many) {
            for (Type each : many.getActualTypeArguments()) {
                collect(each, sent);
            }
        } else if (type instanceof Class<?> one && one.isRecord() && sent.add(one)) {
            for (RecordComponent component : one.getRecordComponents()) {
                collect(component.getGenericType(), sent);
            }
        }
    }

    /**
     * Makes the document.
     *
     * @param about what the service is for
     */
    ObjectNode of(String title, String about) {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.1");
        ObjectNode info = document.putObject("info");
        info.put("title", title).put("version", "1").put("description", about + COMMON);
        info.putObject("license").put("name", "Apache License 2.0").put("identifier", "Apache-2.0");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            paths.withObjectProperty(route.path()).set(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        document.set("components", components());
        return document;
    }

    private ObjectNode operation(Route route) {
        Prose.Comment comment = prose.ofMethod(
                route.handler().getBeanType(), route.handler().getMethod().getName());
        if (comment.summary().isEmpty()) {
            throw new IllegalStateException(route.name() + ": no summary (expected: Javadoc at its handler)");
        }
        ObjectNode operation = JSON.createObjectNode();
        String id = route.operation().id();
        operation.put("operationId", route.place() == 0 ? id : id + (route.place() + 1));
        operation.put("summary", comment.summary());
        if (!comment.rest().isEmpty()) {
            operation.put("description", comment.rest());
        }
        operation.putArray("tags").add(route.noun());
        if (route.handler().hasMethodAnnotation(Deprecated.class)) {
            operation.put("deprecated", true);
        }
        ArrayNode security = operation.putArray("security");
        // Of which one is enough.
        route.permissions()
                .forEach(permission -> security.addObject().putArray("token").add(permission));
        ArrayNode parameters = parameters(route, comment);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        addBody(operation, route);
        ObjectNode responses = operation.putObject("responses");
        for (int status : route.operation().status()) {
            responses.set(String.valueOf(status), answer(status, route));
        }
        problems.addTo(responses, route);
        return operation;
    }

    private ArrayNode parameters(Route route, Prose.Comment comment) {
        ArrayNode parameters = JSON.createArrayNode();
        route.parameters().forEach(parameter -> {
            String name = parameter.getParameter().getName();
            PathVariable inPath = parameter.getParameterAnnotation(PathVariable.class);
            RequestParam inQuery = parameter.getParameterAnnotation(RequestParam.class);
            if (inPath != null) {
                add(parameters, "path", inPath.value().isEmpty() ? name : inPath.value(), true, parameter, comment);
            } else if (inQuery != null && !MultiValueMap.class.isAssignableFrom(parameter.getParameterType())) {
                String named = inQuery.value().isEmpty() ? name : inQuery.value();
                add(parameters, "query", named, inQuery.required(), parameter, comment);
            }
        });
        Class<?> query = route.query();
        if (query != null) {
            schemas.fields(query).propertyStream().forEach(field -> {
                ObjectNode schema = (ObjectNode) field.getValue();
                withoutNull(schema);
                JsonNode about = schema.remove("description");
                ObjectNode parameter =
                        parameters.addObject().put("name", field.getKey()).put("in", "query");
                if (about != null) {
                    parameter.set("description", about);
                }
                parameter.set("schema", schema);
            });
        }
        if (route.isPaged()) {
            parameters.addObject().put("$ref", "#/components/parameters/limit");
            parameters.addObject().put("$ref", "#/components/parameters/cursor");
        }
        if (route.isOnce()) {
            parameters.addObject().put("$ref", "#/components/parameters/Idempotency-Key");
        }
        for (String header : route.operation().headers()) {
            parameters
                    .addObject()
                    .put("name", header)
                    .put("in", "header")
                    .putObject("schema")
                    .put("type", "string");
        }
        return parameters;
    }

    /** A parameter is there or not. */
    private static void withoutNull(ObjectNode schema) {
        if (schema.path("type").isArray()) {
            schema.set("type", schema.path("type").get(0));
        }
    }

    private static void add(
            ArrayNode parameters,
            String in,
            String name,
            boolean required,
            MethodParameter parameter,
            Prose.Comment comment) {
        ObjectNode node = parameters.addObject().put("name", name).put("in", in).put("required", required);
        String about =
                comment.parameters().getOrDefault(parameter.getParameter().getName(), "");
        if (!about.isEmpty()) {
            node.put("description", about);
        }
        ObjectNode schema = node.putObject("schema").put("type", "string");
        if (parameter.getParameterType() == UUID.class) {
            schema.put("format", "uuid");
        }
        Field stated = parameter.getParameterAnnotation(Field.class);
        if (stated != null) {
            if (stated.max() != Field.NONE) {
                schema.put("minLength", 1).put("maxLength", stated.max());
            }
            if (!stated.format().isEmpty()) {
                schema.put("format", stated.format());
            }
        }
    }

    private void addBody(ObjectNode operation, Route route) {
        Class<?> line = route.operation().lines();
        if (line != Void.class) {
            ObjectNode node = operation
                    .putObject("requestBody")
                    .put("description", "JSON lines: one such object in each line")
                    .put("required", true);
            ObjectNode lines = node.putObject("content").putObject(JsonLines.TYPE);
            lines.set("schema", schemas.of(line));
            lines.set("example", example(line));
            return;
        }
        Class<?> body = route.body().orElse(null);
        if (body == null && !route.readsBytes()) {
            return;
        }
        ObjectNode node = operation.putObject("requestBody").put("required", route.needsBody());
        ObjectNode json = node.putObject("content").putObject("application/json");
        json.set("schema", body == null ? JSON.createObjectNode() : schemas.of(body));
        if (body != null) {
            json.set("example", example(body));
        }
    }

    /** What the fields state, put together. */
    private static ObjectNode example(Class<?> type) {
        ObjectNode example = JSON.createObjectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            Field stated = component.getAnnotation(Field.class);
            Class<?> element = element(component.getGenericType());
            if (component.getType().isRecord()) {
                example.set(component.getName(), example(component.getType()));
            } else if (element != null && element.isRecord()) {
                example.putArray(component.getName()).add(example(element));
            } else if (stated != null && !stated.only().isEmpty()) {
                example.put(component.getName(), stated.only());
            } else if (stated != null && !stated.example().isEmpty()) {
                example.set(component.getName(), Schemas.example(component.getType(), stated.example()));
            }
        }
        return example;
    }

    private static @Nullable Class<?> element(Type type) {
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : null;
    }

    private ObjectNode answer(int status, Route route) {
        ObjectNode answer = JSON.createObjectNode()
                .put("description", HttpStatus.valueOf(status).getReasonPhrase());
        if (route.isOnce()) {
            answer.putObject("headers")
                    .putObject("Idempotency-Replayed")
                    .put("$ref", "#/components/headers/Idempotency-Replayed");
        }
        if (!route.operation().produces().isEmpty()) {
            answer.putObject("content")
                    .putObject(route.operation().produces())
                    .putObject("schema")
                    .put("type", "string");
            return answer;
        }
        Type body = status == HttpStatus.NOT_MODIFIED.value() ? null : answered(route);
        if (body != null) {
            answer.putObject("content").putObject("application/json").set("schema", schemas.of(body));
        }
        return answer;
    }

    private static @Nullable Type answered(Route route) {
        if (route.operation().body() != Void.class) {
            return route.operation().body();
        }
        Type returned = route.handler().getMethod().getGenericReturnType();
        if (returned instanceof ParameterizedType entity && entity.getRawType() == ResponseEntity.class) {
            returned = entity.getActualTypeArguments()[0];
            if (!(returned instanceof Class<?> || returned instanceof ParameterizedType)) {
                throw new IllegalStateException(route.name() + ": answers anything (expected: body of its @Operation)");
            }
        }
        return returned == void.class || returned == Void.class ? null : returned;
    }

    private ObjectNode components() {
        ObjectNode components = JSON.createObjectNode();
        ObjectNode definitions = schemas.definitions();
        definitions.set("Problem", Problems.schema());
        components.set("schemas", definitions);
        components.set("examples", problems.examples());
        ObjectNode parameters = components.putObject("parameters");
        if (routes.stream().anyMatch(Route::isPaged)) {
            parameter(parameters, "limit", "query", "Most items of the page")
                    .put("type", "integer")
                    .put("minimum", 1)
                    .put("maximum", PageRequest.MAX_LIMIT)
                    .put("default", PageRequest.DEFAULT_LIMIT);
            parameter(parameters, "cursor", "query", "What `next` of the page before says; without it the first page")
                    .put("type", "string");
        }
        ObjectNode headers = components.putObject("headers");
        header(headers, "WWW-Authenticate", "What would be accepted", "string");
        header(headers, "Retry-After", "Seconds after which to come again", "integer");
        if (routes.stream().anyMatch(Route::isOnce)) {
            parameter(
                            parameters,
                            "Idempotency-Key",
                            "header",
                            "Names the request, such as a UUID: sent again with the same key it stays one effect, and"
                                    + " is answered as the first time. Without it every request is a new one.")
                    .put("type", "string")
                    .put("pattern", "^[!-~]{1,255}$");
            header(headers, "Idempotency-Replayed", "`true` on an answer that was given before", "string");
        }
        if (routes.stream().anyMatch(route -> !route.permissions().isEmpty())) {
            components
                    .putObject("securitySchemes")
                    .putObject("token")
                    .put("type", "http")
                    .put("scheme", "bearer")
                    .put("bearerFormat", "JWT")
                    .put(
                            "description",
                            "An access token of the issuer, with the claims `tenant` and `permissions`. A route names"
                                    + " the permissions of which one is enough.");
        }
        return components;
    }

    private static ObjectNode parameter(ObjectNode parameters, String name, String in, String about) {
        return parameters
                .putObject(name)
                .put("name", name)
                .put("in", in)
                .put("description", about)
                .putObject("schema");
    }

    private static void header(ObjectNode headers, String name, String about, String type) {
        headers.putObject(name).put("description", about).putObject("schema").put("type", type);
    }

    /** As it lies in its file. */
    static String text(JsonNode document) {
        return JSON.writer().with(FORM).writeValueAsString(document) + "\n";
    }
}
