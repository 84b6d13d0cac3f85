package dev.wonflow.sandbox.call.web;

import dev.wonflow.sandbox.call.Call;
import dev.wonflow.sandbox.call.Calls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the call log. */
@RestController
class CallController {

    private final Calls calls;

    CallController(Calls calls) {
        this.calls = calls;
    }

    @GetMapping("/control/calls")
    List<Call> calls(@RequestParam(required = false) @Nullable String orderId) {
        return calls.about(orderId);
    }
}
