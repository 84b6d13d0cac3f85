package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.control.ControlSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps pages of other sites from driving the sandbox through the browser they are opened in. There is no sign-in here,
 * so what a browser says of where a request comes from is all there is to go by. Clients that are no browsers say
 * nothing of it and are let through.
 */
@Component
final class BrowserGuard extends OncePerRequestFilter {

    /** Toss's own API asks for a key, and what the browser SDK calls is there for pages of shops. */
    private static final List<String> OPEN = List.of("/v1/", "/v2/", "/sdk/");

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

    /** Said by browsers alone, of requests of their own pages and of what the user typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /**
     * Nobody can make a name of their own mean this machine for a moment and have it look like this. Toss's names mean
     * it only if the machine's own settings say so.
     */
    private static final Pattern SAFE_HOST = Pattern.compile(
            "localhost|[a-z0-9-]+\\.localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]|(api|js)\\.tosspayments\\.com");

    private final ControlSettings settings;
    private final JsonMapper json;

    BrowserGuard(ControlSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String objection = objection(request);
        if (objection == null) {
            chain.doFilter(request, response);
        } else {
            refuse(response, objection);
        }
    }

    private @Nullable String objection(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean fromBrowser = site != null || origin != null;
        if (!fromBrowser || isOpen(request.getRequestURI())) {
            return null;
        }
        String host = hostName(request.getHeader("Host"));
        if (!isOwnHost(host)) {
            return "host: " + host + " (expected: localhost, an address in numbers, one of"
                    + " wonflow.sandbox.browser-hosts, or Toss's own)";
        }
        if (HARMLESS.contains(request.getMethod()) && !isTakenFromControls(request)) {
            return null;
        }
        boolean own = site != null ? OWN.contains(site) : isSameOrigin(origin, request);
        return own ? null : "origin: " + (origin == null ? site : origin) + " (expected: a page of the sandbox itself)";
    }

    /** A link may lead anybody's browser here; a page that only fetches would hold streams open that others need. */
    private static boolean isTakenFromControls(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/control/")
                && !"navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static boolean isOpen(String path) {
        return OPEN.stream().anyMatch(path::startsWith);
    }

    private boolean isOwnHost(String host) {
        return SAFE_HOST.matcher(host).matches()
                || settings.browserHosts().stream().anyMatch(name -> name.equalsIgnoreCase(host));
    }

    private static String hostName(@Nullable String host) {
        return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    }

    /** For browsers that do not say where a request comes from, but whose page it is of. */
    private static boolean isSameOrigin(@Nullable String origin, HttpServletRequest request) {
        try {
            String authority = origin == null ? null : new URI(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private void refuse(HttpServletResponse response, String why) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", "FORBIDDEN_REQUEST");
        members.put("message", why);
        byte[] body = json.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
