.PHONY: site test check look
site test check look:
	python3 dev.py $@
