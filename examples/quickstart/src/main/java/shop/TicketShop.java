package shop;

import dev.semel.Caller;
import dev.semel.Operation;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.UnauthenticatedException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Sells each seat once, however often its buyer's phone asks. */
@SpringBootApplication
public class TicketShop {
    static final Operation<NewTicket, Bought> BUY_TICKET =
            Operation.highRisk("buyTicket", NewTicket.class, Bought.class)
                    .emits("ticket.bought")
                    .build();

    @Bean
    SemelConfigurer operations(Tickets tickets) {
        return semel -> semel.handle(BUY_TICKET, tickets::buy);
    }

    /** Says whose request it is. A real shop takes this from its security; here the token is tenant:user. */
    @Bean
    CallerResolver callers() {
        return (request, requestId) -> {
            String token = String.valueOf(request.getHeader("Authorization"));
            String[] parts = token.replaceFirst("^Bearer ", "").split(":");
            if (parts.length != 2) {
                throw new UnauthenticatedException();
            }
            return new Caller(parts[0], parts[1], requestId);
        };
    }

    public static void main(String[] arguments) {
        SpringApplication.run(TicketShop.class, arguments);
    }
}
