package dev.wonflow.sandbox.fault.web;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Faults;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
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

    record Arm(
            @Nullable String operation,
            @Nullable String kind,
            @Nullable String code,
            @Nullable String orderId,
            @Nullable Integer times) {}

    record FaultView(
            UUID id,
            String operation,
            String kind,
            @Nullable String code,
            @Nullable String orderId,
            int times) {

        static FaultView of(Fault fault) {
            TossError code = fault.code();
            return new FaultView(
                    fault.id(),
                    fault.operation().name().toLowerCase(Locale.ROOT),
                    fault.kind().name(),
                    code == null ? null : code.name(),
                    fault.orderId(),
                    fault.times());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    FaultView arm(@RequestBody Arm request) {
        Fault.Operation operation = constant(Fault.Operation.class, "operation", upperCase(request.operation()));
        Fault.Kind kind = constant(Fault.Kind.class, "kind", request.kind());
        TossError code = kind == Fault.Kind.DECLINE ? declineCode(request.code()) : null;
        Integer times = request.times();
        try {
            return FaultView.of(faults.arm(operation, kind, code, request.orderId(), times == null ? 1 : times));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
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

    private static TossError declineCode(@Nullable String code) {
        if (code == null) {
            return TossError.REJECT_CARD_COMPANY;
        }
        return TossError.of(code)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "code: " + code + " (expected: a code of Toss)"));
    }

    private static @Nullable String upperCase(@Nullable String name) {
        return name == null ? null : name.toUpperCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String what, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        what + ": " + name + " (expected: one of " + Arrays.toString(type.getEnumConstants()) + ")"));
    }
}
