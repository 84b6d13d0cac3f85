package dev.wonflow.issuer.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where people say who they are, and where they see who they are. */
@Controller
public final class SignInPages {

    public static final String SIGN_IN = "/sign-in";
    public static final String SIGN_OUT = "/sign-out";
    public static final String SIGNED_IN = "/";

    private static final Page FORM = Page.named("sign-in");
    private static final Page WELCOME = Page.named("signed-in");

    /** The same for an unknown name and for a wrong password. */
    private static final String WRONG = "Name and password do not belong together. Try again.";

    private static final String OUT = "You are signed out.";

    @GetMapping(path = SIGN_IN, produces = MediaType.TEXT_HTML_VALUE)
    @ResponseBody
    String form(
            CsrfToken csrf,
            @RequestParam(required = false) @Nullable String wrong,
            @RequestParam(required = false) @Nullable String out) {
        String message = wrong != null ? WRONG : out != null ? OUT : "";
        return FORM.with("message", message).with("csrf", csrf.getToken()).html();
    }

    @GetMapping(path = SIGNED_IN, produces = MediaType.TEXT_HTML_VALUE)
    @ResponseBody
    String welcome(CsrfToken csrf, Principal person) {
        return WELCOME.with("name", person.getName())
                .with("csrf", csrf.getToken())
                .html();
    }
}
