package dev.wonflow.testsupport.planted.door;

import dev.wonflow.access.AllowedTo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

class Door {

    @GetMapping("/ajar")
    String ajar() {
        return "";
    }

    @RequestMapping("/open")
    String open() {
        return "";
    }

    @AllowedTo("door:open")
    @PostMapping("/locked")
    String locked() {
        return "";
    }
}
