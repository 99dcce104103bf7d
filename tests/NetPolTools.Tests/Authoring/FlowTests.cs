using NetPolTools.Authoring.Flows;
using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Authoring;

/// <summary>What flow records of Hubble and Calico ask for.</summary>
public sealed class FlowTests
{
    private const string Web = """ "namespace":"shop","pod_name":"web-5d4f9-abcde","workloads":[{"name":"web","kind":"Deployment"}] """;
    private const string Api = """ "namespace":"shop","pod_name":"api-0" """;

    private static readonly Cluster Shop = Given.Cluster(
        Given.Workload("Deployment", "shop/web", "app: web"),
        Given.Workload("StatefulSet", "shop/api", "app: api, tier: back"),
        Given.Pod("shop/lone", "app: lone", status: "podIP: 10.0.0.9"),
        Given.Pod("shop/host", "app: host", "hostNetwork: true", "hostIP: 192.0.2.1"));

    [Fact]
    public void A_forwarded_flow_of_hubble_is_of_the_workloads_of_its_pods() =>
        Assert.Equal(["shop/web[Deployment] -> shop/api[StatefulSet] on TCP 80"], Read(Hubble(Web, Api)));

    [Fact]
    public void The_older_form_of_hubble_has_no_flow_around_it() =>
        Assert.Equal(["shop/web[Deployment] -> shop/api[StatefulSet] on TCP 80"], Read(Hubble(Web, Api)["{\"flow\":".Length..^1]));

    [Theory]
    [InlineData("REDIRECTED", 1)]
    [InlineData("AUDIT", 1)]
    [InlineData("DROPPED", 0)]
    [InlineData("ERROR", 0)]
    [InlineData("TRACED", 0)]
    [InlineData("TRANSLATED", 0)]
    public void Only_what_went_through_counts(string verdict, int count) => Assert.Equal(count, Read(Hubble(Web, Api, verdict)).Count);

    [Theory]
    [InlineData("\"is_reply\":true", 0)]
    [InlineData("\"reply\":true", 0)]
    [InlineData("\"x\":1", 0)]
    public void Replies_ask_for_nothing_nor_does_what_may_be_one(string isReply, int count) =>
        Assert.Equal(count, Read(Hubble(Web, Api).Replace("\"is_reply\":false", isReply, StringComparison.Ordinal)).Count);

    [Fact]
    public void The_first_packet_of_a_connection_is_no_reply_whatever_hubble_knows() => Assert.Single(Read(
        Hubble(Web, Api).Replace("\"is_reply\":false", "\"x\":1", StringComparison.Ordinal)
            .Replace(":80}", ":80,\"flags\":{\"SYN\":true}}", StringComparison.Ordinal)));

    [Fact]
    public void Labels_tell_the_workload_where_hubble_names_none() => Assert.Equal(
        ["shop/web[Deployment] -> shop/api[StatefulSet] on TCP 80"],
        Read(Hubble(Web, """ "namespace":"shop","labels":["k8s:app=api","k8s:io.kubernetes.pod.namespace=shop"] """)));

    [Fact]
    public void Without_a_namespace_the_address_counts_and_may_be_a_pods() => Assert.Equal(
        ["203.0.113.7 -> shop/web[Deployment] on TCP 80", "shop/web[Deployment] -> shop/lone[Pod] on TCP 80"],
        Read(
            Hubble("\"labels\":[\"reserved:world\"]", Web).Replace("1.1.1.1", "203.0.113.7", StringComparison.Ordinal),
            Hubble(Web, "\"identity\":2").Replace("2.2.2.2", "10.0.0.9", StringComparison.Ordinal)).Order());

    [Fact]
    public void What_the_source_sent_and_the_destination_denied_did_not_come_about()
    {
        var sent = Hubble(Web, Api).Replace("INGRESS", "EGRESS", StringComparison.Ordinal);
        var denied = Hubble(Web, Api, "DROPPED").Replace("\"is_reply\":false", "\"drop_reason_desc\":\"POLICY_DENIED\"", StringComparison.Ordinal);
        Assert.Empty(Read(sent, denied));
        Assert.Single(Read(sent, denied, Hubble(Web, Api)));
        Assert.Single(Read(sent, denied.Replace("POLICY_DENIED", "CT_TRUNCATED_OR_INVALID_HEADER", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_no_tcp_udp_or_sctp_is_left_out_and_counted()
    {
        var told = new List<Diagnostic>();
        Assert.Empty(Read(told.Add, Hubble(Web, Api)
            .Replace("\"TCP\"", "\"ICMPv4\"", StringComparison.Ordinal), Hubble("\"labels\":[\"reserved:host\"]", Api), Hubble(Web, Api, "DROPPED")));
        Assert.Equal(
            "Of the flow records, 1 denied, 1 of other protocols than TCP, UDP and SCTP, 1 from a pod's own node, which is always allowed ask for nothing.",
            Assert.Single(told).Message);
    }

    [Theory]
    [InlineData("web-77aa-*", "Deployment")]
    [InlineData("web-77aa-x1y2z", "Deployment")]
    [InlineData("api-*", "StatefulSet")]
    [InlineData("lone", "Pod")]
    public void Calico_names_pods_or_all_pods_with_the_same_beginning(string name, string kind) =>
        Assert.EndsWith($"[{kind}] on UDP 53", Assert.Single(Read(Calico("wep", "shop", "web-77aa-*", "wep", "shop", name, "udp", 53))),
            StringComparison.Ordinal);

    [Fact]
    public void Addresses_that_calico_leaves_out_ask_for_nothing() => Assert.Empty(Read(Calico("net", "-", "pub", "wep", "shop", "api-*", "tcp", 80)));

    [Fact]
    public void What_whisker_shows_needs_no_types() => Assert.Equal(
        ["shop/web[Deployment] -> shop/api[StatefulSet] on TCP 80"],
        Read("""
            {"total":2,"items":[
            {"action":"Allow","source_name":"web-77aa-*","source_namespace":"shop","source_labels":"app=web","dest_name":"api-*","dest_namespace":"shop","dest_labels":"","protocol":"tcp","dest_port":80,"reporter":"Dst"},
            {"action":"Allow","source_name":"PUBLIC NETWORK","source_namespace":"-","dest_name":"api-*","dest_namespace":"shop","protocol":"tcp","dest_port":80,"reporter":"Dst"}]}
            """));

    [Fact]
    public void What_goldmane_streams_has_its_key_in_a_flow() => Assert.Equal(
        ["shop/web[Deployment] -> shop/api[StatefulSet] on TCP 80"],
        Read("""
            {"id":"7","flow":{"Key":{"sourceName":"web-77aa-*","sourceNamespace":"shop","sourceType":"WorkloadEndpoint","destName":"api-*","destNamespace":"shop","destType":"WorkloadEndpoint","destPort":"80","proto":"tcp","reporter":"Src","action":"Allow"},"startTime":"1"}}
            """));

    [Fact]
    public void A_record_of_pods_that_are_not_there_is_an_error_at_its_line_once()
    {
        var told = new List<Diagnostic>();
        var gone = Hubble(Web.Replace("web", "gone", StringComparison.Ordinal), Api);
        Assert.Single(Read(told.Add, Hubble(Web, Api), gone, gone));
        var error = Assert.Single(told, static d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal((DiagnosticId.UnknownEnd, 2), (error.Id, error.Location.Line));
        Assert.Contains("shop/gone-5d4f9-abcde", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"flow\":", DiagnosticId.SyntaxError)]
    [InlineData("{\"flow\":{\"verdict\":\"FORWARDED\",", DiagnosticId.SyntaxError)]
    [InlineData("{\"flow\":{", DiagnosticId.SyntaxError)]
    [InlineData("{\"ports\":\"TCP 1\",\"verdict\":\"DROPPED\"}", DiagnosticId.InvalidValue)]
    [InlineData("[1]", DiagnosticId.NotTraffic)]
    [InlineData("7", DiagnosticId.NotTraffic)]
    [InlineData("{}", DiagnosticId.NotTraffic)]
    [InlineData("{\"kind\":\"Pod\"}", DiagnosticId.NotTraffic)]
    [InlineData("{\"ports\":\"TCP 0\"}", DiagnosticId.InvalidValue)]
    [InlineData("{\"ports\":\"TCP 1\"}", DiagnosticId.UnknownEnd)]
    [InlineData("{\"ports\":\"TCP 1\",\"source\":{\"addresses\":\"10.0.0.0-x\"}}", DiagnosticId.InvalidValue)]
    [InlineData("{\"action\":\"maybe\"}", DiagnosticId.InvalidValue)]
    [InlineData("{\"action\":\"allow\",\"proto\":\"tcp\",\"dest_port\":70000}", DiagnosticId.InvalidValue)]
    public void A_record_that_is_none_is_an_error_and_the_next_one_counts(string line, DiagnosticId id)
    {
        var told = new List<Diagnostic>();
        Assert.Single(Read(told.Add, line, Hubble(Web, Api)));
        Assert.Equal(id, Assert.Single(told).Id);
    }

    /// <summary>To allow what nobody knows to be allowed would be a guess.</summary>
    [Fact]
    public void Connections_that_are_undetermined_ask_for_nothing_and_that_is_told()
    {
        var told = new List<Diagnostic>();
        const string Line = """{"source":{"namespace":"shop","name":"web","kind":"Deployment"},"destination":{"addresses":"1.1.1.1"},"ports":"All","verdict":"Undetermined"}""";
        Assert.Empty(Read(told.Add, Line, Line));
        Assert.Equal("Of the connections, 2 undetermined ask for nothing.", Assert.Single(told).Message);
    }

    private static string Hubble(string source, string destination, string verdict = "FORWARDED") =>
        $$$"""{"flow":{"verdict":"{{{verdict}}}","IP":{"source":"1.1.1.1","destination":"2.2.2.2"},"l4":{"TCP":{"source_port":40000,"destination_port":80}},"source":{{{{source}}}},"destination":{{{{destination}}}},"traffic_direction":"INGRESS","is_reply":false}}""";

    private static string Calico(
        string sourceType, string sourceNamespace, string source, string destType, string destNamespace, string dest, string proto, int port) =>
        $$"""{"source_ip":null,"source_type":"{{sourceType}}","source_namespace":"{{sourceNamespace}}","source_name":"-","source_name_aggr":"{{source}}","dest_ip":null,"dest_type":"{{destType}}","dest_namespace":"{{destNamespace}}","dest_name":"-","dest_name_aggr":"{{dest}}","proto":"{{proto}}","dest_port":{{port}},"action":"allow","reporter":"src"}""";

    private static List<string> Read(params string[] lines) => Read(static _ => { }, lines);

    private static List<string> Read(Action<Diagnostic> report, params string[] lines)
    {
        var reader = new TrafficReader(new EndDirectory(Shop.Snapshot), report);
        var text = new TrafficText(reader, "flows");
        foreach (var line in lines.SelectMany(static line => line.Split('\n')))
            text.AddLine(line);
        text.Finish();
        return [.. reader.Finish().Select(static traffic => traffic.ToString())];
    }
}
