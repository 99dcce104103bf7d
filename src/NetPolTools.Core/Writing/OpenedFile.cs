using System.Diagnostics;

namespace NetPolTools.Writing;

/// <summary>A file in the program that the desktop opens it with.</summary>
public static class OpenedFile
{
    /// <exception cref="IOException">There is no such program; the file is where it was written.</exception>
    public static void Open(string file)
    {
        try
        {
            using var opened = Process.Start(new ProcessStartInfo(Path.GetFullPath(file)) { UseShellExecute = true });
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new IOException($"{file} is written, and nothing opens it here: {e.Message}", e);
        }
    }
}
