package dev.wonflow.order.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.order.order.OrderFixture;
import dev.wonflow.order.order.OrderServices;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.FrameworkProblems;
import dev.wonflow.web.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OrderControllerTest {

    private static final String CART = """
        {"items": [
          {"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2},
          {"sku": "COASTER", "name": "컵받침", "unitPrice": 9000, "quantity": 1}]}
        """;

    private final OrderServices orders = new OrderServices();
    private String caller = OrderFixture.TENANT.value();
    private final MockMvcTester http = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new OrderController(
                    orders.placeOrder(),
                    orders.findOrder(),
                    orders.shipOrder(),
                    orders.cancelOrder(),
                    orders.checkoutPage()))
            .setMessageConverters(
                    new JacksonJsonHttpMessageConverter(StrictJson.mapper().rebuild()))
            .setCustomArgumentResolvers(new CallerParameter(), new OnceParameter())
            .setControllerAdvice(new Problems(), new FrameworkProblems())
            .build());

    @Test
    void cart_becomes_an_order_and_the_buyer_learns_where_to_pay() {
        MvcTestResult answer = ready(CART);

        assertThat(answer).hasStatus(HttpStatus.CREATED);
        JsonNode order = json(answer);
        String id = order.get("orderId").stringValue();
        assertThat(id).matches("ord_[0-9a-f]{32}");
        assertThat(order.get("orderName").stringValue()).isEqualTo("머그컵 외 1건");
        assertThat(order.get("amount").longValue()).isEqualTo(33_000);
        assertThat(order.get("status").stringValue()).isEqualTo("pending");
        assertThat(order.get("checkoutUrl").stringValue()).isEqualTo("http://127.0.0.1:18085/checkout/" + id);
        assertThat(order.get("expiresAt").stringValue()).isEqualTo("2026-01-06T03:00:00Z");
        assertThat(answer.getResponse().getHeader(HttpHeaders.LOCATION)).isEqualTo("/api/orders/" + id);
    }

    @Test
    void order_is_shown_with_its_state_and_the_failures_of_its_payments() {
        String id = placed();
        orders.fail(id, "REJECT_CARD_COMPANY", "한도 초과");

        JsonNode order = json(get(id));

        assertThat(order.get("status").stringValue()).isEqualTo("pending");
        assertThat(order.get("checking").booleanValue()).isFalse();
        assertThat(order.get("failures").get(0).get("code").stringValue()).isEqualTo("REJECT_CARD_COMPANY");
        assertThat(order.get("items")).hasSize(2);
        assertThat(order.get("plan").isNull()).isTrue();
    }

    @Test
    void order_of_another_tenant_looks_like_one_that_does_not_exist() {
        String id = placed();
        caller = "someone-else";

        for (String path : new String[] {"", "/ship", "/cancel"}) {
            MvcTestResult foreign = (path.isEmpty() ? http.get() : http.post())
                    .uri("/api/orders/" + id + path)
                    .exchange();

            problem(foreign, HttpStatus.NOT_FOUND, "order.not-found");
        }
        problem(get("ord_0"), HttpStatus.NOT_FOUND, "order.not-found");
        problem(get("no!"), HttpStatus.NOT_FOUND, "order.not-found");
    }

    @Test
    void only_a_paid_order_can_be_shipped() {
        String id = placed();
        problem(post(id, "ship"), HttpStatus.CONFLICT, "order.illegal-step");

        orders.pay(id);

        assertThat(json(post(id, "ship")).get("status").stringValue()).isEqualTo("shipped");
    }

    @Test
    void unpaid_order_can_be_cancelled_once() {
        String id = placed();

        JsonNode cancelled = json(post(id, "cancel"));

        assertThat(cancelled.get("status").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.get("cancelReason").stringValue()).isEqualTo("REQUESTED");
        problem(post(id, "cancel"), HttpStatus.CONFLICT, "order.illegal-step");
    }

    @Test
    void order_whose_payment_is_being_checked_or_paid_is_not_cancelled() {
        String id = placed();
        orders.check(id);
        assertThat(json(get(id)).get("checking").booleanValue()).isTrue();
        problem(post(id, "cancel"), HttpStatus.CONFLICT, "order.payment-checking");

        orders.pay(id);
        JsonNode problem = problem(post(id, "cancel"), HttpStatus.CONFLICT, "order.refund-needed");
        assertThat(problem.get("detail").stringValue()).contains("refund");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                          | 400 | request.malformed
                not json                  | 400 | request.malformed
                []                        | 400 | request.malformed
                {"items": []}             | 400 | request.invalid
                {"items": 7}              | 400 | request.invalid
                {"items": [{"sku": "a", "name": "b", "unitPrice": "100", "quantity": 1}]} | 400 | request.invalid
                {"items": [{"sku": "a", "name": "b", "unitPrice": 99, "quantity": 1}]} | 400 | request.invalid
                {"currency": "USD", "items": [{"sku": "a", "name": "b", "unitPrice": 100, "quantity": 1}]} | 400 | request.invalid
                {"amount": 1, "items": [{"sku": "a", "name": "b", "unitPrice": 100, "quantity": 1}]} | 400 | request.invalid
                """)
    void bad_cart_is_a_problem_with_a_code(String body, int status, String code) {
        problem(ready(body == null ? "" : body), HttpStatus.valueOf(status), code);
    }

    @Test
    void problem_names_the_field() {
        MvcTestResult answer =
                ready("{\"items\": [{\"sku\": \"a\", \"name\": \"b\", \"unitPrice\": -5, \"quantity\": 1}]}");

        JsonNode problem = problem(answer, HttpStatus.BAD_REQUEST, "request.invalid");
        assertThat(problem.get("field").stringValue()).isEqualTo("items[0].unitPrice");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("items[0].unitPrice: -5 (expected: whole won, 1 to 1000000000)");
    }

    @Test
    void problem_names_a_field_of_another_kind() {
        MvcTestResult answer =
                ready("{\"items\": [{\"sku\": \"a\", \"name\": \"b\", \"unitPrice\": 1.9, \"quantity\": 1}]}");

        JsonNode problem = problem(answer, HttpStatus.BAD_REQUEST, "request.invalid");
        assertThat(problem.get("field").stringValue()).isEqualTo("items[0].unitPrice");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("items[0].unitPrice: of another kind (expected: a whole number)");
    }

    @Test
    void wrong_method_and_wrong_content_are_problems_too() {
        problem(http.put().uri("/api/orders/ord_000000").exchange(), HttpStatus.METHOD_NOT_ALLOWED, "http.405");
        problem(
                http.post()
                        .uri("/api/payments/ready")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content(CART)
                        .exchange(),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "http.415");
    }

    /** Stands in for the token. */
    private final class CallerParameter implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(Caller.class);
        }

        @Override
        public Caller resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return new Caller(new TenantId(caller), "shop", "shop");
        }
    }

    /** No request here has a key. */
    private static final class OnceParameter implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(Once.class);
        }

        @Override
        public Once resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return Once.withoutKey();
        }
    }

    private String placed() {
        return json(ready(CART)).get("orderId").stringValue();
    }

    private MvcTestResult ready(String body) {
        return http.post()
                .uri("/api/payments/ready")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String id) {
        return http.get().uri("/api/orders/{id}", id).exchange();
    }

    private MvcTestResult post(String id, String step) {
        return http.post().uri("/api/orders/{id}/{step}", id, step).exchange();
    }

    private static JsonNode problem(MvcTestResult answer, HttpStatus status, String code) {
        assertThat(answer).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        JsonNode problem = json(answer);
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status.value());
        return problem;
    }

    private static JsonNode json(MvcTestResult answer) {
        return new JsonMapper()
                .readTree(new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8));
    }
}
