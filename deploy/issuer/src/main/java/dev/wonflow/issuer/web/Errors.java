package dev.wonflow.issuer.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is said of everything that went wrong: to people as a page, to programs as a problem (RFC 9457). */
@Controller
final class Errors implements ErrorController {

    private static final Page PAGE = Page.named("error");

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(HttpServletRequest request) {
        HttpStatus status = status(request);
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_HTML)
                .body(PAGE.with("title", title(status))
                        .with("text", text(status))
                        .html());
    }

    @RequestMapping(path = "/error")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
        HttpStatus status = status(request);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, text(status));
        problem.setTitle(title(status));
        problem.setProperty("code", "http." + status.value());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static HttpStatus status(HttpServletRequest request) {
        // Who comes here without an error asks for a page that does not exist.
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus known = status instanceof Integer code ? HttpStatus.resolve(code) : HttpStatus.NOT_FOUND;
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    private static String title(HttpStatus status) {
        if (status == HttpStatus.FORBIDDEN) {
            return "The form is no longer good";
        }
        if (status == HttpStatus.NOT_FOUND) {
            return "There is nothing here";
        }
        return status.is4xxClientError() ? "This request cannot be answered" : "Something went wrong here";
    }

    private static String text(HttpStatus status) {
        if (status == HttpStatus.FORBIDDEN) {
            return "It was open for too long, or the issuer was started anew in between. Open the page again.";
        }
        if (status == HttpStatus.NOT_FOUND) {
            return "The address leads to no page of the local issuer.";
        }
        return status.is4xxClientError()
                ? "It is not one that the local issuer understands."
                : "The log tells more: ./wonflow logs issuer";
    }
}
