using System.Runtime.Versioning;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;

namespace NetPolTools.Tests.Writing;

public sealed class WholeFileTests
{
    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Who_may_read_the_old_file_may_read_the_new_one_and_nobody_else()
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("a.yaml", "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WholeFile.Write(file, "new", overwrite: true);
        Assert.Equal(("new", UnixFileMode.UserRead | UnixFileMode.UserWrite), (File.ReadAllText(file), File.GetUnixFileMode(file)));
    }

    [UnixFact]
    public void A_link_stays_a_link_and_what_it_leads_to_is_written()
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("a.yaml", "old");
        var link = folder.At("link.yaml");
        File.CreateSymbolicLink(link, file);
        WholeFile.Write(link, "new", overwrite: true);
        Assert.Equal(("new", file), (File.ReadAllText(file), new FileInfo(link).LinkTarget));
    }

    [UnixFact]
    public void A_link_that_leads_to_nothing_yet_leads_to_the_new_file()
    {
        using var folder = new ManifestFolder();
        var link = folder.At("link.yaml");
        Directory.CreateDirectory(folder.At("sub"));
        File.CreateSymbolicLink(folder.At("middle.yaml"), Path.Combine("sub", "new.yaml"));
        File.CreateSymbolicLink(link, "middle.yaml");
        Assert.False(WholeFile.Holds(link, "new"));
        WholeFile.Write(link, "new", overwrite: false);
        Assert.Equal("new", File.ReadAllText(folder.At("sub/new.yaml")));
        Assert.True(WholeFile.Holds(link, "new"));
    }

    [UnixFact]
    public void A_link_that_leads_in_a_circle_is_an_error_that_says_so()
    {
        using var folder = new ManifestFolder();
        File.CreateSymbolicLink(folder.At("a.yaml"), "b.yaml");
        File.CreateSymbolicLink(folder.At("b.yaml"), "a.yaml");
        Assert.Contains("leads in a circle", Assert.Throws<IOException>(() => WholeFile.Write(folder.At("a.yaml"), "new", overwrite: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_unasked_and_nothing_is_left_beside_it()
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("a.yaml", "old");
        Assert.Throws<IOException>(() => WholeFile.Write(file, "new", overwrite: false));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}
