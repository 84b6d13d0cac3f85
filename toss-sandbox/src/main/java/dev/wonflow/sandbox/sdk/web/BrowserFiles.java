package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The script of the SDK, and the style and the scripts of the sandbox's own pages. Nothing comes from elsewhere. */
@RestController
class BrowserFiles {

    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");

    private static final Map<String, MediaType> FILES = Map.of(
            "window.css",
            STYLE,
            "window.js",
            SCRIPT,
            "handover.js",
            SCRIPT,
            "widget.js",
            SCRIPT,
            "control.css",
            STYLE,
            "control.js",
            SCRIPT);

    /** Where the script of the SDK takes its settings. */
    private static final String SETTINGS = "/* settings */ {}";

    private final Resource sdk;
    private final Resource firstSdk;

    BrowserFiles(Assumptions assumptions, JsonMapper json) throws IOException {
        String script = new ClassPathResource("browser/standard.js").getContentAsString(StandardCharsets.UTF_8);
        String settings = json.writeValueAsString(
                new Settings(assumptions.unknownSdkParameterRefused(), assumptions.destroyOfNothingFails()));
        String second = script.replace(SETTINGS, settings);
        this.sdk = new ByteArrayResource(second.getBytes(StandardCharsets.UTF_8));
        String first = new ClassPathResource("browser/first.js").getContentAsString(StandardCharsets.UTF_8);
        this.firstSdk = new ByteArrayResource((second + first).getBytes(StandardCharsets.UTF_8));
    }

    /** What the script is told of the settings of the sandbox. */
    private record Settings(boolean unknownParameterRefused, boolean destroyOfNothingFails) {}

    /** What the npm package puts into a script element when its {@code src} names the sandbox. */
    @GetMapping("/v2/standard")
    ResponseEntity<Resource> sdk() {
        return answer(sdk, SCRIPT);
    }

    /** The first version of the SDK, which many shops never left; it works by the second, so it comes with it. */
    @GetMapping({"/v1", "/v1/payment", "/v1/payment-widget"})
    ResponseEntity<Resource> firstSdk() {
        return answer(firstSdk, SCRIPT);
    }

    @GetMapping("/sdk/files/{name}")
    ResponseEntity<Resource> file(@PathVariable String name) {
        MediaType type = FILES.get(name);
        if (type == null) {
            throw new Refused(TossError.NOT_FOUND);
        }
        return answer(new ClassPathResource("browser/" + name), type);
    }

    private static ResponseEntity<Resource> answer(Resource file, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                // A script element with the crossorigin attribute wants it, and there is nothing to hide.
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .body(file);
    }
}
