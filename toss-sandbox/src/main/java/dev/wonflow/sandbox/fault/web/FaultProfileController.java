package dev.wonflow.sandbox.fault.web;

import dev.wonflow.sandbox.fault.FaultProfile;
import dev.wonflow.sandbox.fault.Faults;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lists and arms named faults. */
@RestController
@RequestMapping("/control/fault-profiles")
class FaultProfileController {

    private final Faults faults;

    FaultProfileController(Faults faults) {
        this.faults = faults;
    }

    record Profile(String name, String description) {}

    @GetMapping
    List<Profile> all() {
        return Arrays.stream(FaultProfile.values())
                .map(profile -> new Profile(profile.label(), profile.description()))
                .toList();
    }

    @PostMapping("/{name}")
    List<FaultController.FaultView> arm(@PathVariable String name) {
        FaultProfile profile = FaultProfile.named(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "fault profile: " + name + " (expected: one of " + FaultProfile.names() + ")"));
        return FaultController.explained(() -> faults.arm(profile)).stream()
                .map(FaultController.FaultView::of)
                .toList();
    }
}
