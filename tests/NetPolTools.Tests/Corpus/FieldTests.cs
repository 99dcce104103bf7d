using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Inputs after public reports: what the answer is, and what has to be said of it.</summary>
public sealed class FieldTests
{
    private const string Part = "field";

    /// <summary>Ports from one end to another, of workloads and pods.</summary>
    [CorpusTheory]
    [InlineData("17-workload-kinds", "shop", "legacy", "TCP 8443")]
    [InlineData("17-workload-kinds", "fn", "legacy", "TCP 8443")]
    [InlineData("17-workload-kinds", "nightly", "legacy", "None")]
    [InlineData("17-workload-kinds", "migrate", "legacy", "TCP 8443")]
    [InlineData("18-sts-identity", "cli", "db-0", "TCP 5432")]
    [InlineData("18-sts-identity", "203.0.113.1", "db-1", "TCP 9999")]
    [InlineData("18-sts-identity", "cli", "db-2", "None")]
    [InlineData("23-job-labels", "migrate", "db", "TCP 5432")]
    [InlineData("26-dangling", "cli", "srv", "All")]
    [InlineData("34-ipblock-is-pod", "cli", "srv", "TCP 80")]
    [InlineData("73-ambient", "cli", "srv", "TCP 8080")]
    [InlineData("80-hostnet-hint", "agent", "srv", "None")]
    [InlineData("83-two-dumps", "front", "store", "TCP 5432")]
    [InlineData("live-small", "api-0", "db-0", "All")]
    [InlineData("04-describe-text", "front", "store", "TCP 5432")]
    [InlineData("21-service-port", "backend", "db1", "TCP 80")]
    [InlineData("41-lb-etp", "203.0.113.5", "web", "TCP 80")]
    [InlineData("41-lb-etp", "198.51.100.5", "web", "None")]
    [InlineData("54-meta", "203.0.113.5", "srv-", "None")]
    [InlineData("74-ovn-hostnet-label", "router", "web", "None")]
    [InlineData("81-clusterip-ipblock", "app", "dns", "None")]
    public void The_ports_are_those_of_the_cluster(string name, string from, string to, string ports) =>
        Assert.Equal(ports, Read(name).Ports(from, to, GroupBy.Workload));

    /// <summary>What is reported about the whole input: the ids, each once.</summary>
    [CorpusTheory]
    [InlineData("17-workload-kinds")]
    [InlineData("18-sts-identity")]
    [InlineData("23-job-labels")]
    [InlineData("56-get-all")]
    [InlineData("61-forgot-ns", nameof(DiagnosticId.UnknownNamespaceLabels))]
    [InlineData("79-kind-slips/01.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/02.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/03.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/04.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/05.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/06.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/07.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/08.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/09.yaml", nameof(DiagnosticId.UnknownField))]
    [InlineData("79-kind-slips/10.yaml", nameof(DiagnosticId.UnknownField))]
    [InlineData("79-kind-slips/11.yaml", nameof(DiagnosticId.UnknownField))]
    [InlineData("79-kind-slips/12.yaml", nameof(DiagnosticId.UnknownField))]
    [InlineData("79-kind-slips/13.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("02-utf16-nobom", nameof(DiagnosticId.NotText))]
    [InlineData("04-describe-text", nameof(DiagnosticId.NotAnObject))]
    [InlineData("38-repo-folder", nameof(DiagnosticId.NotEvaluated), nameof(DiagnosticId.DuplicateObject))]
    [InlineData("39-openshift-template", nameof(DiagnosticId.TemplateParameters), nameof(DiagnosticId.InvalidValue))]
    [InlineData("54-meta", nameof(DiagnosticId.InvalidValue), nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("73-ambient", nameof(DiagnosticId.AmbientMesh))]
    [InlineData("74-ovn-hostnet-label", nameof(DiagnosticId.UnknownNamespaceLabels), nameof(DiagnosticId.HostNetworkNamespace))]
    [InlineData("83-two-dumps", nameof(DiagnosticId.DuplicateObject))]
    public void What_there_is_to_know_of_the_input_is_told(string name, params string[] ids) =>
        Assert.Equal(ids, Read(name).Diagnostics.Select(static d => d.Id.ToString()).Distinct());

    [CorpusTheory]
    [InlineData("61-forgot-ns", "cli", "srv", nameof(DiagnosticId.UnknownNamespaceLabels))]
    [InlineData("26-dangling", "cli", "srv")]
    public void An_answer_says_why_it_may_be_wrong(string name, string from, string to, params string[] doubts)
    {
        var answer = new TestQuestion([EndpointPattern.Parse(from)], [EndpointPattern.Parse(to)])
            .Ask(new ClusterEvaluator(Read(name).Snapshot), QuestionWords.Plain);
        Assert.Equal(doubts, answer.Value!.Doubts.Select(static doubt => doubt.Id.ToString()));
        Assert.Equal(doubts.Length > 0 ? AnswerStatus.AnsweredWithErrors : AnswerStatus.Answered, answer.Status);
    }

    [CorpusTheory]
    [InlineData("25-other-policy-kinds")]
    public void Policies_of_two_engines_have_no_answer_before_one_is_named(string name)
    {
        var cluster = new ClusterEvaluator(Read(name).Snapshot);
        var answer = new ReachQuestion(new ConnectionQuery()) { Assumptions = new Assumptions() }.Ask(cluster, QuestionWords.Plain);
        Assert.False(answer.IsWhole);
        Assert.Contains(answer.Diagnostics, static told => told.Diagnostic is { Id: DiagnosticId.CniUnknown, Severity: DiagnosticSeverity.Error });
    }

    [CorpusTheory]
    [InlineData("24-policies-only")]
    public void About_policies_alone_there_is_no_answer(string name)
    {
        var cluster = new ClusterEvaluator(Read(name).Snapshot);
        var answer = new ReachQuestion(new ConnectionQuery()).Ask(cluster, QuestionWords.Plain);
        Assert.Equal((AnswerStatus.NotAnswered, DiagnosticId.NoInput), (answer.Status, Assert.Single(answer.Diagnostics).Diagnostic.Id));
    }

    [CorpusTheory]
    [InlineData("34-ipblock-is-pod", "10.1.0.8")]
    public void The_address_of_a_pod_is_no_outside_address(string name, string address) =>
        Assert.DoesNotContain(Read(name).List(), line => line.Source.Addresses == address || line.Destination.Addresses == address);

    [CorpusTheory]
    [InlineData("56-get-all", "web", "done", "orphan")]
    public void Nothing_that_has_ended_is_listed(string name, string kept, string ended, string alsoKept)
    {
        var sources = Read(name).List().Select(static line => line.Source.Name).OfType<string>().Distinct().ToArray();
        Assert.Contains(kept, sources);
        Assert.Contains(alsoKept, sources);
        Assert.DoesNotContain(ended, sources);
    }

    /// <summary>A Service's port leads to the port of its pods, and both are said.</summary>
    [CorpusTheory]
    [InlineData("21-service-port", "backend", "svc/db1", "Service lab/db1: port 80 leads to TCP 8080", "would match if the port were in TCP 80")]
    [InlineData("41-lb-etp", "203.0.113.5", "svc/web", "Service lab/web: port 80 leads to TCP 8080", "would match if the port were in TCP 80")]
    [InlineData("81-clusterip-ipblock", "app", "kube-system/svc/kube-dns", "an egress rule names 10.96.0.10, the address of Service kube-system/kube-dns",
        "would match if")]
    [InlineData("81-clusterip-ipblock", "app", "10.96.0.10", "10.96.0.10 is the address of Service kube-system/kube-dns", "would match if")]
    public void A_Service_that_is_not_reached_says_why(string name, string from, string service, string note, string reason)
    {
        var cluster = Read(name);
        var answer = Ask(cluster, from, service);
        Assert.False(answer.IsAllowed);
        Assert.Contains(answer.Notes, told => told.Contains(note, StringComparison.Ordinal));
        var explanation = new Explainer(cluster.Map).Explain(answer.Example.Source, answer.Example.Destination, answer.AskedPorts);
        Assert.Contains(reason, explanation.ToString(), StringComparison.Ordinal);
    }

    [CorpusTheory]
    [InlineData("55-service-partial", "cli", "svc/s", 1, 2)]
    public void A_Service_that_is_reached_in_part_is_not_reached(string name, string from, string service, int reached, int all)
    {
        var answer = Ask(Read(name), from, service);
        Assert.Equal((false, (reached, all)), (answer.IsAllowed, answer.ServicePods!.Value));
    }

    /// <summary>Text from web pages and chats: the error names the line and what is odd there.</summary>
    [CorpusTheory]
    [InlineData("dash.yaml", 9, "a typographic dash")]
    [InlineData("early-field.yaml", 1, "'foo'")]
    [InlineData("fence.yaml", 1, "```")]
    [InlineData("nbsp.yaml", 4, "a no-break space (U+00A0)")]
    [InlineData("prompt.yaml", 1, "'$ '")]
    [InlineData("quotes.yaml", 5, "a typographic quotation mark (U+201C)")]
    [InlineData("warning-line.yaml", 1, "'Warning'")]
    [InlineData("zwsp.yaml", 5, "a zero width space (U+200B)")]
    public void What_was_pasted_with_the_text_is_named(string file, int line, string odd)
    {
        var first = Read("57-pasted/" + file).Errors.First();
        Assert.Equal(line, first.Location.Line);
        Assert.Contains(odd, first.Message, StringComparison.Ordinal);
    }

    /// <summary>Of a folder of charts, Compose and kustomize, what is no Kubernetes object is not told one by one.</summary>
    [CorpusTheory]
    [InlineData("38-repo-folder", 2)]
    public void A_folder_of_other_files_gives_no_flood(string name, int told) => Assert.Equal(told, Read(name).Diagnostics.Count);

    [CorpusTheory]
    [InlineData("85-explain-names", "cli", "web", "lab/web[Deployment]", "lab/web")]
    [InlineData("18-sts-identity", "cli", "db-0", "lab/db-0[Pod]", "lab/db-0")]
    public void Reasons_name_an_end_as_its_line_does(string name, string from, string to, string end, string subject)
    {
        var cluster = Read(name);
        var line = Assert.Single(
            cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true }));
        Assert.Equal(end, line.Destination.ToString());
        Assert.Equal(subject, new Explainer(cluster.Map).Explain(line).Ingress.Subject);
    }

    private static ReachabilityAnswer Ask(Cluster cluster, string from, string to) =>
        ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse(from), EndpointPattern.Parse(to), PortSet.All, out _)!;

    private static Cluster Read(string name) => Cluster.OfPaths(CorpusFolder.PathOf([Part, .. name.Split('/')]));
}
