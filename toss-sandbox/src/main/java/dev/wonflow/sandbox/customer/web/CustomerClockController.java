package dev.wonflow.sandbox.customer.web;

import dev.wonflow.sandbox.customer.CustomerClocks;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Reads and moves the time of a customer. */
@RestController
@RequestMapping("/control/customers/{customerKey}/clock")
class CustomerClockController {

    private final CustomerClocks clocks;

    CustomerClockController(CustomerClocks clocks) {
        this.clocks = clocks;
    }

    record Move(@Nullable Duration ahead) {}

    /**
     * The time of a customer.
     *
     * @param ahead how far it is ahead of the sandbox
     */
    record Time(Instant now, Duration ahead) {}

    @GetMapping
    Time now(@PathVariable String customerKey) {
        return new Time(clocks.now(customerKey), clocks.ahead(customerKey));
    }

    @PostMapping
    Time move(@PathVariable String customerKey, @RequestBody Move request) {
        Duration ahead = request.ahead();
        if (ahead == null) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "ahead: missing (expected: a duration such as P45D)");
        }
        try {
            clocks.moveTo(customerKey, ahead);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
        return now(customerKey);
    }
}
