package dev.wonflow.subscription.entitlement.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.subscription.entitlement.Access;
import dev.wonflow.subscription.entitlement.Entitlement;
import dev.wonflow.subscription.entitlement.FindEntitlements;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of entitlements. Whoever asks again with the ETag of the answer before is told only what is new. */
@RestController
@RequestMapping("/api/entitlements")
class EntitlementController {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "entitlement.not-found");
    private static final int TAG_LENGTH = 32;

    private final FindEntitlements findEntitlements;

    EntitlementController(FindEntitlements findEntitlements) {
        this.findEntitlements = findEntitlements;
    }

    /**
     * Lists what the tenant may use of each product, as of now. With the ETag of an earlier answer in If-None-Match it
     * answers 304 while nothing has changed.
     */
    @AllowedTo("tenant:billing:read")
    @GetMapping
    @Operation(
            id = "listEntitlements",
            status = {200, 304},
            headers = "If-None-Match")
    ResponseEntity<EntitlementList> all(Caller caller) {
        List<Entitlement> found = findEntitlements.of(caller.tenant());
        return tagged(
                found,
                new EntitlementList(found.stream().map(EntitlementView::of).toList()));
    }

    /**
     * Shows what the tenant may use of a product, as of now. With the ETag of an earlier answer in If-None-Match it
     * answers 304 while nothing has changed.
     */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/{product}")
    @Operation(
            id = "getEntitlement",
            status = {200, 304},
            headers = "If-None-Match",
            problems = "entitlement.not-found")
    ResponseEntity<EntitlementView> one(@PathVariable("product") String product, Caller caller) {
        Entitlement found = findEntitlements.of(caller.tenant(), product).orElseThrow(() -> new NoEntitlement(product));
        return tagged(List.of(found), EntitlementView.of(found));
    }

    /** A proxy may keep it for its caller, and has to ask each time whether it still holds. */
    private static <T> ResponseEntity<T> tagged(List<Entitlement> content, T view) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(tag(content.toString()))
                .body(view);
    }

    private static String tag(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ExceptionHandler
    ProblemDetail on(NoEntitlement e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    record EntitlementList(List<EntitlementView> data) {}

    /**
     * What a tenant may use of a product.
     *
     * @param plan id of the plan
     * @param planVersion version of the plan whose limits hold; 0: of before versions were kept
     * @param access how much of it: all ({@code full}, or {@code grace} while a payment is outstanding), what the
     *     product leaves to those who owe ({@code restricted}), or nothing ({@code suspended} until it is paid,
     *     {@code paused} until the tenant goes on, {@code none})
     * @param planExpiresAt until when it was paid for; what renews by itself goes on
     * @param endsAt when the access ends by itself unless something happens before
     * @param seats how many may use it
     * @param livemode whether real money paid
     */
    record EntitlementView(
            String product,
            String plan,
            long planVersion,
            @Field(words = Access.class) String access,
            Instant planExpiresAt,
            @Nullable Instant endsAt,
            int seats,
            LimitsView limits,
            boolean livemode) {

        static EntitlementView of(Entitlement entitlement) {
            return new EntitlementView(
                    entitlement.product(),
                    entitlement.plan(),
                    entitlement.planVersion(),
                    entitlement.access().name().toLowerCase(Locale.ROOT),
                    entitlement.planExpiresAt(),
                    entitlement.endsAt(),
                    entitlement.seats(),
                    new LimitsView(
                            entitlement.limits().features(),
                            entitlement.limits().quotas()),
                    entitlement.livemode());
        }
    }

    /**
     * What the plan allows, for the product to enforce.
     *
     * @param features what is switched on
     * @param quotas how much of what
     */
    record LimitsView(List<String> features, Map<String, Long> quotas) {}

    /** The tenant never had a plan of the product. */
    static final class NoEntitlement extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoEntitlement(String product) {
            super("product " + product + ": no plan (expected: one that the tenant has or had a plan of)");
        }
    }
}
