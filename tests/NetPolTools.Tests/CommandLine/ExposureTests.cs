using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol exposure</c> and <c>diff --exposure</c>.</summary>
public sealed class ExposureTests
{
    private static readonly string Labels = Repository.Manifests("labels");

    [Fact]
    public void Tells_who_that_does_not_exist_yet_could_reach_a_workload_and_who_may_create_them()
    {
        var (code, output, _) = Netpol.Run(null, "exposure", Labels, "--workload", "ledger", "--access");
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "WORKLOAD                       WHO DOES NOT EXIST YET                     PORTS     WHY",
                "bank/ledger[Deployment]  from  any pod in namespaces with team=payments   TCP 8443  bank/ledger spec.ingress[1] (application.yaml:70:5)",
                "    Group keepers may create namespaces: ClusterRoleBinding keepers, ClusterRole namespace-keeper (access.yaml:35:1)",
                "    Group keepers may set labels of any namespace: ClusterRoleBinding keepers, ClusterRole namespace-keeper (access.yaml:35:1)",
                "bank/ledger[Deployment]  from  pods with app!=ledger,role=teller in bank  TCP 5432  bank/ledger spec.ingress[0] (application.yaml:64:5)",
                "    ServiceAccount playground/pipeline may create or change workloads in bank: RoleBinding bank/deployer, "
                    + "Role bank/deployer (access.yaml:12:1)",
            ],
            output.Replace(Labels + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).TrimEnd().Split('\n')
                .Select(static line => line.Split(" allows ")[0]));
    }

    [Fact]
    public void Is_given_as_CSV_and_as_JSON()
    {
        var csv = Netpol.Run(null, "exposure", Labels, "--workload", "ledger", "-o", "csv").Output;
        Assert.Contains(
            "bank,ledger,Deployment,Ingress,OwnNamespace,\"pods with app!=ledger,role=teller in bank\",,bank,,\"app!=ledger,role=teller\",,TCP 5432,None,",
            csv,
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Netpol.Run(null, "exposure", Labels, "--workload", "ledger", "--access", "-o", "json").Output);
        var line = json.RootElement.GetProperty("exposure")[0];
        Assert.Equal("team=payments", line.GetProperty("namespaceSelector").GetString());
        Assert.Equal("keepers", line.GetProperty("access")[0].GetProperty("subject").GetProperty("name").GetString());
    }

    [Fact]
    public void Names_of_many_namespaces_are_cut_and_that_is_said()
    {
        using var folder = new ManifestFolder();
        folder.Write("input.yaml", Given.Documents(
        [
            Given.Pod("shop/web", "app: web"),
            .. Enumerable.Range(100, 150).SelectMany(static i => new[]
            {
                Given.Namespace($"ns-{i}", ""), Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]", $"ns-{i}/deny"),
            }),
        ]));
        string[] question = ["exposure", folder.Path, "--workload", "web", "-o"];
        Assert.Contains(" ns-198 ns-199 and 50 more,", Netpol.Run(null, [.. question, "csv"]).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Netpol.Run(null, [.. question, "json"]).Output);
        var line = json.RootElement.GetProperty("exposure")[0];
        Assert.Equal((100, 50), (line.GetProperty("except").GetArrayLength(), line.GetProperty("moreExcept").GetInt32()));
        Assert.EndsWith("but ns-100, ns-101, ns-102, ns-103, ns-104 and 145 more", line.GetProperty("who").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_opens_and_closes_exposure()
    {
        var (code, output, _) = Netpol.Run(null, "diff", Netpol.ThreeTier, Repository.Manifests("three-tier-next"), "--exposure", "-o", "csv");
        Assert.Equal(4, code);
        Assert.Contains("Opened,shop,api,Deployment,Ingress,", output, StringComparison.Ordinal);
        Assert.Equal(0, Netpol.Run(null, "diff", Netpol.ThreeTier, Netpol.ThreeTier, "--exposure").ExitCode);
    }

    [Fact]
    public void A_change_that_lets_in_other_addresses_is_told()
    {
        using var folder = new ManifestFolder();
        var (code, output, _) = Netpol.Run(null, "diff", State("203.0.113.0/24"), State("192.0.2.0/24"), "--exposure", "-o", "csv");
        Assert.Equal(4, code);
        Assert.Equal(
            ["Opened,shop,web,Pod,Ingress,Outside,192.0.2.0/24,", "Closed,shop,web,Pod,Ingress,Outside,203.0.113.0/24,"],
            output.Split('\n')[1..3].Select(static line => line[..(line.IndexOf("/24,", StringComparison.Ordinal) + 4)]));

        string State(string block) => folder.Write($"{block.Replace('/', '-')}.yaml", Given.Documents(
            Given.Pod("shop/web"), Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{ipBlock: {{cidr: {block}}}}}]}}]", "shop/web")));
    }

    [Theory]
    [InlineData("exposure", "--by", "namespace")]
    [InlineData("exposure", "--workload", "nobody")]
    [InlineData("exposure", "-n", "nowhere")]
    [InlineData("reach", "--from", "new pod app=a")]
    [InlineData("reach", "--from", "new pod app=a in namespace nowhere")]
    public void What_is_asked_wrongly_has_no_answer(params string[] words) =>
        Assert.Equal(2, Netpol.Run(null, [words[0], Labels, .. words[1..]]).ExitCode);

    [Fact]
    public void A_pod_to_come_is_an_end_of_a_question()
    {
        Assert.Equal(0, Netpol.Run(null, "test", Labels, "--from", "new pod role=teller in namespace bank", "--to", "ledger", "--port", "5432").ExitCode);
        var listed = Netpol.Run(null, "reach", Labels, "--from", "new pod in new namespace team=payments", "--to", "ledger").Output;
        Assert.Contains("bank/ledger[Deployment]  TCP 8443", listed, StringComparison.Ordinal);
    }
}
