BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
}

Describe 'The README' {
    It 'shows what its first command prints' {
        $readme = Get-Content (Join-Path $repository README.md) -Raw
        # The script that the command gives to PowerShell, and the first block of text after it.
        $readme -match '(?m)^    dotnet .* && dotnet pwsh .*-Command "(?<script>[^"]+)"\r?\n\r?\n[^ ].*\r?\n\r?\n(?<output>(    .*\r?\n|\r?\n)+)' | Should -BeTrue
        $shown, $script = $Matches.output, $Matches.script
        $script = $script -replace '\./out/NetPolTools([^ ;]*)', "'$env:NETPOLTOOLS_MODULE`$1'"
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $printed = & ([scriptblock]::Create($script)) | Out-String -Width 120
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
        $printed -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object TrimEnd |
            Should -Be ($shown -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object { $_.Substring(4).TrimEnd() })
    }
}
