package dev.wonflow.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Problems the container answers once a request has reached the application, in the form of all others. */
@RestController
final class ContainerProblems implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
        // Without the attribute someone asks for this page by its address: there is none.
        HttpStatusCode status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number
                ? HttpStatusCode.valueOf(number)
                : HttpStatus.NOT_FOUND;
        ProblemDetail problem = request.getAttribute(CodedProblem.ATTRIBUTE) instanceof ProblemDetail known
                ? known
                : CodedProblem.of(CodedProblem.http(status), reason(status));
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) {
            problem.setInstance(UriComponentsBuilder.fromPath(path).build().toUri());
        }
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONNECTION, "close")
                .body(problem);
    }

    static String reason(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "request refused" : known.getReasonPhrase();
    }
}
