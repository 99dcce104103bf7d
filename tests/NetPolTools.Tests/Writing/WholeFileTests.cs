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
