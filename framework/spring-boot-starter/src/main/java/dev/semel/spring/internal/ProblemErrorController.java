package dev.semel.spring.internal;

import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what the servlet container refuses by itself, in the same shape as everything else. */
@Controller
public final class ProblemErrorController implements ErrorController {
    private final ProblemWriter writer;

    ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        ProblemCode code = ProblemCodes.of(HttpStatusCode.valueOf(status instanceof Integer known ? known : 404));
        response.setHeader(GateResponse.REPLAYED_HEADER, null); // what it said is not answered
        writer.write(request, response, code, code.title());
    }
}
