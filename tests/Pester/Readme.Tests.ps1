BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Examples.ps1')
    $answers = foreach ($match in $answerForm.Matches((Get-Content (Join-Path $PSScriptRoot '../../README.md') -Raw))) {
        @{ Code = $match.Groups['code'].Value; Output = $match.Groups['output'].Value -replace '\r' }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    . (Join-Path $PSScriptRoot 'Examples.ps1')
}

Describe 'The README' {
    It 'shows what its first command prints' {
        $readme = Get-Content (Join-Path $repository README.md) -Raw
        # The script that the command gives to PowerShell, and the first block of text after it.
        $readme -match '(?m)^    dotnet .* && dotnet pwsh .*-Command "(?<script>[^"]+)"\r?\n\r?\n[^ ].*\r?\n\r?\n(?<output>(    .*\r?\n|\r?\n)+)' |
            Should -BeTrue
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

    It 'shows what <Code> prints' -ForEach $answers {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            Get-ExampleOutput "$answerPrologue`n$Code" |
                Should -Be $Output -Because 'readers see it; tests/Pester/Update-Examples.ps1 writes what is printed now'
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
    }

    It 'links to files that are there' {
        $links = [regex]::Matches((Get-Content (Join-Path $repository README.md) -Raw), '\]\((?!https?:)([^)#]+)') | ForEach-Object { $_.Groups[1].Value }
        $links.Count | Should -BeGreaterThan 10
        $links | Where-Object { -not (Test-Path (Join-Path $repository $_)) } | Should -BeNullOrEmpty
    }
}
