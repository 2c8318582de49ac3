package dev.numberferry.whatsapp;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/**
 * The one call that can be made only once, as it is on the wire; else as {@link GraphApi}. Each has
 * a connection of its own: on one that was kept, nobody could tell whether it was sent.
 */
@RegisterRestClient(configKey = "whatsapp")
@RegisterProvider(RegisterBody.GateInterceptor.class)
@Path("/{version}/{phoneNumberId}")
@Produces(MediaType.APPLICATION_JSON)
interface RegisterApi {

  @POST
  @Path("/register")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> register(
      @PathParam("version") String version,
      @PathParam("phoneNumberId") String phoneNumberId,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("appsecret_proof") @Nullable String proof,
      RegisterBody body);
}
