package dev.wonflow.sandbox.fault.web;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.FaultPlan;
import dev.wonflow.sandbox.fault.Faults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Arms, lists and disarms faults. */
@RestController
@RequestMapping("/control/faults")
class FaultController {

    private final Faults faults;

    FaultController(Faults faults) {
        this.faults = faults;
    }

    /**
     * An armed fault.
     *
     * @param operation null if it strikes any
     * @param times how many more it strikes; null if it never ends
     */
    record FaultView(
            UUID id,
            @Nullable String operation,
            String kind,
            @Nullable String code,
            @Nullable String message,
            @Nullable Duration delay,
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            @Nullable String idempotencyKey,
            double probability,
            @Nullable Long seed,
            @Nullable Integer times) {

        static FaultView of(Fault fault) {
            FaultPlan plan = fault.plan();
            Fault.Operation operation = plan.operation();
            TossError code = plan.code();
            return new FaultView(
                    fault.id(),
                    operation == null ? null : operation.label(),
                    plan.kind().name(),
                    code == null ? null : code.name(),
                    plan.message(),
                    fault.delay().isZero() ? null : fault.delay(),
                    plan.eventType(),
                    plan.orderId(),
                    plan.paymentKey(),
                    plan.idempotencyKey(),
                    plan.probability(),
                    plan.probability() < 1 ? plan.seed() : null,
                    fault.times() == FaultPlan.ENDLESS ? null : fault.times());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    FaultView arm(@RequestBody Map<String, @Nullable Object> request) {
        Map<String, String> fields = new LinkedHashMap<>();
        request.forEach((name, value) -> {
            if (value != null) {
                fields.put(name, value.toString());
            }
        });
        return FaultView.of(explained(() -> faults.arm(FaultPlan.of(fields))));
    }

    @GetMapping
    List<FaultView> armed() {
        return faults.armed().stream().map(FaultView::of).toList();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disarmAll() {
        faults.disarmAll();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disarm(@PathVariable String id) {
        if (faults.armed().stream()
                .filter(fault -> fault.id().toString().equals(id))
                .noneMatch(fault -> faults.disarm(fault.id()))) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "fault: " + id + " (expected: an id of GET /control/faults)");
        }
    }

    static <T> T explained(Supplier<T> arming) {
        try {
            return arming.get();
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }
}
