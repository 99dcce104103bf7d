using System.Text.Json;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol repair</c>: its forms, its exit codes, and the files that it mends.</summary>
public sealed class RepairTests
{
    private static readonly string[] Question = ["--from", "shop/web", "--to", "shop/db", "--port", "3306/TCP"];

    [Fact]
    public void Repairs_are_numbered_with_what_they_do_besides()
    {
        var run = Netpol.Run(null, ["repair", Netpol.ThreeTier, .. Question]);
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.Matches(
            @"^1   NetworkPolicy shop/db \(.*policies\.yaml:\d+:\d+\): Add pods with app=web of the policy's own namespace to the peers of "
                + @"spec\.ingress\[0\]\.$",
            run.OutputLines[0]);
        Assert.Equal("    changes nothing else", run.OutputLines[1]);
        Assert.StartsWith("2   ", run.OutputLines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "\"kind\":\"AddPeer\"")]
    [InlineData("yaml", "kind: NetworkPolicy")]
    [InlineData("patch", "\n+        - {podSelector: {matchLabels: {app: web}}}\n")]
    public void Each_form_has_the_repair(string format, string expected) =>
        Assert.Contains(expected, Netpol.Run(null, ["repair", Netpol.ThreeTier, .. Question, "-o", format]).Output, StringComparison.Ordinal);

    [Fact]
    public void What_stands_in_no_file_is_patched_with_kubectl()
    {
        var input = string.Join("---\n", Directory.GetFiles(Netpol.ThreeTier, "*.yaml").Order().Select(File.ReadAllText));
        var run = Netpol.Run(input, ["repair", "-", .. Question, "-o", "patch"]);
        Assert.Equal(
            @"kubectl patch networkpolicy db -n shop --type=json -p '[{op: add, path: '\''/spec/ingress/0/from/-'\'', value: "
                + "{podSelector: {matchLabels: {app: web}}}}]'\n",
            run.Output);
    }

    [Fact]
    public void Fix_mends_the_file_and_then_it_holds()
    {
        using var folder = new ManifestFolder();
        foreach (var file in Directory.GetFiles(Netpol.ThreeTier, "*.yaml"))
            folder.Write(Path.GetFileName(file), File.ReadAllText(file));
        var run = Netpol.Run(null, ["repair", folder.Path, .. Question, "--fix"]);
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.StartsWith("repaired: NetworkPolicy shop/db: ", run.Errors, StringComparison.Ordinal);
        var again = Netpol.Run(null, ["repair", folder.Path, .. Question]);
        Assert.Equal((ExitCode.Answered, "shop/web -> shop/db: TCP 3306: holds already\n"), (again.ExitCode, again.Output));
    }

    [Fact]
    public void Fix_puts_a_new_policy_into_a_file_of_its_own_and_overwrites_none()
    {
        using var folder = new ManifestFolder();
        folder.Write("input.yaml", Given.Documents(
            Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db"), Given.Policy("podSelector: {}\npolicyTypes: [Ingress]", "shop/deny")));
        string[] question = ["--from", "shop/web", "--to", "shop/db", "--port", "80"];
        var taken = folder.Write("allow-web-to-db-ingress.yaml", "# Mine.\n");
        using var told = JsonDocument.Parse(Netpol.Run(null, ["repair", folder.Path, .. question, "-o", "json"]).Output);
        var repairs = told.RootElement.GetProperty("repairs").EnumerateArray().ToArray();
        var choice = Array.Find(repairs, static repair => repair.GetProperty("steps")[0].GetProperty("kind").GetString() == "AddPolicy")
            .GetProperty("order").GetInt32();
        var run = Netpol.Run(null, ["repair", folder.Path, .. question, "--fix", "--choice", $"{choice}"]);
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.Contains(Path.Combine(folder.Path, "allow-web-to-db-ingress-2.yaml"), run.Errors, StringComparison.Ordinal);
        Assert.Equal("# Mine.\n", File.ReadAllText(taken));
        Assert.Contains(": holds already", Netpol.Run(null, ["repair", folder.Path, .. question]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.NotAnswered, "--from", "shop/web", "--to", "shop/db")]
    [InlineData(ExitCode.NotAnswered, "--from", "shop/web", "--to", "shop/nobody", "--port", "80")]
    [InlineData(ExitCode.NotAnswered, "--from", "shop/web", "--to", "shop/db", "--port", "3306/TCP", "-o", "yaml", "--choice", "99")]
    [InlineData(ExitCode.Answered, "--from", "shop/api", "--to", "shop/db", "--deny")]
    [InlineData(ExitCode.Answered, "--from", "shop/web", "--to", "shop/db", "--deny")]
    public void The_exit_code_says_whether_there_is_one(int code, params string[] arguments) =>
        Assert.Equal(code, Netpol.Run(null, ["repair", Netpol.ThreeTier, .. arguments]).ExitCode);
}
